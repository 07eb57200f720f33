import * as z from 'zod';
import { filesOf, type KeptFile, kindForPeople, sizeForPeople } from './attachment.ts';
import type { Calendar } from './calendar.ts';
import type { Person } from './directory.ts';
import type { Section } from './message.ts';
import type { Operation } from './operation.ts';

/** What an entry's contents say of a file that belongs to it: so the chain covers it, and no row tells its name. */
export const entryFileSchema = z.strictObject({
  id: z.string(),
  /** Of its bytes, hexadecimal. */
  sha256: z.string(),
  name: z.string(),
  type: z.string(),
  /** Bytes. */
  size: z.number(),
  at: z.string(),
  /** The date that the document has of itself; it is said of files in ledgers without a sealed part only. */
  madeOn: z.iso.date().optional(),
});

export type EntryFile = z.infer<typeof entryFileSchema>;

export const asEntryFile = ({ id, sha256, name, type, size, keptAt }: KeptFile): EntryFile => ({
  ...{ id, sha256, name, type, size },
  at: keptAt.toISOString(),
});

/** What an entry that is filed with a form says of the files that came with it. */
export async function filesOfForm(
  { store, rows }: Pick<Operation, 'store' | 'rows'>,
  { id }: Person,
  draftId: string | undefined,
): Promise<EntryFile[]> {
  if (draftId === undefined) return [];
  return (await filesOf(store, rows, { draftId, personId: id })).map(asEntryFile);
}

/** The files, for who may see the entry's contents. */
export function filesSection(files: readonly EntryFile[], calendar: Calendar): Section[] {
  if (files.length === 0) return [];
  const lines = files.map(({ name, type, size, at }, index) => {
    const on = calendar.minuteOf(new Date(at)).replace('T', ' ');
    return `${index + 1}. ${name}（${kindForPeople(type)}，${sizeForPeople(size)}，${on}）`;
  });
  return [{ heading: `佐证文件（${files.length} 个）`, lines }];
}
