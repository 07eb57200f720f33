import { readFile } from './attachment.ts';
import { digestOf } from './attachment-bytes.ts';
import { contentsOf } from './entry.ts';
import type { EntryFile } from './entry-file.ts';
import type { SealingKeys } from './key-ring.ts';
import { SealBroken } from './seal.ts';
import type { Row, Rows } from './store.ts';

const PAGE = 200;

type Covered = Pick<Row.EntryModel, 'id' | 'ref' | 'data' | 'sealed'>;

/**
 * Whether every entry has the files that it says it has, each with the bytes that it says, and no other. Files are read one
 * after another, so the memory of one is enough.
 * @returns what is wrong, in English, by the entry's ref and the file's number in it: never a name
 */
export async function fileFlaws(rows: Rows, keys: SealingKeys): Promise<string[]> {
  const flaws: string[] = [];
  for (let after = ''; ; ) {
    const page = await rows.entry.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: PAGE,
      select: { id: true, ref: true, data: true, sealed: true },
    });
    for (const entry of page) flaws.push(...(await flawsOf(rows, keys, entry)));
    const last = page.at(-1);
    if (!last) break;
    after = last.id;
  }
  return flaws;
}

async function flawsOf(rows: Rows, keys: SealingKeys, entry: Covered): Promise<string[]> {
  const named = filesIn(keys, entry);
  // What does not open is said by who compares the entry itself.
  if (!named) return [];
  const kept = await rows.attachment.findMany({ where: { entryId: entry.id }, select: { id: true } });
  const flaws: string[] = [];
  for (const [index, file] of named.entries()) {
    const isThere = kept.some(({ id }) => id === file.id);
    const why = isThere ? await flawOf(rows, keys, file) : 'is missing';
    if (why) flaws.push(`File ${index + 1} of entry ${entry.ref} ${why}`);
  }
  const unnamed = kept.filter(({ id }) => !named.some((file) => file.id === id)).length;
  if (unnamed > 0) flaws.push(`Entry ${entry.ref} has ${unnamed} file(s) that it does not name`);
  return flaws;
}

/** They stand in the sealed part, or, where there is none, in the open. */
function filesIn(keys: SealingKeys, { id, data, sealed }: Covered): EntryFile[] | undefined {
  try {
    const place = sealed ? keys.unseal(sealed, contentsOf(id)) : data;
    return (place as { files?: EntryFile[] }).files ?? [];
  } catch (fault) {
    if (fault instanceof SealBroken) return undefined;
    throw fault;
  }
}

async function flawOf(rows: Rows, keys: SealingKeys, { id, sha256 }: EntryFile): Promise<string | undefined> {
  try {
    const { bytes } = await readFile({ keys }, rows, id);
    return (await digestOf(bytes)) === sha256 ? undefined : 'has other bytes than when it came';
  } catch (fault) {
    if (fault instanceof SealBroken) return 'does not open: it was changed';
    throw fault;
  }
}
