import { v7 as uuidv7 } from 'uuid';
import type { Rows, Store } from '../../../ledger/store.ts';
import type { DirectoryChange } from '../receiving/lark-events.ts';

/** What was noted and is not taken over yet. */
export interface NotedChange {
  change: DirectoryChange;
  /** The row that holds it, as it was when it was read. */
  row: { name: string; value: string };
}

/** A note says once more that it is new, so that one which comes while it is worked on is not taken for done. */
interface Note {
  change: DirectoryChange;
  id: string;
}

const prefixOf = (platform: string): string => `directory/${platform}/changed/`;

/** Resolves once it stands in the database: the event may be acknowledged then. */
export async function noteChange(store: Store, platform: string, change: DirectoryChange): Promise<void> {
  const name = prefixOf(platform) + (change.kind === 'person' ? `person/${change.openId}` : change.kind);
  await store.database.write(
    async (rows) => {
      const before = await rows.meta.findUnique({ where: { name } });
      const value = JSON.stringify({ change: joined(change, before?.value), id: uuidv7() } satisfies Note);
      await rows.meta.upsert({ where: { name }, create: { name, value }, update: { value } });
    },
    { urgent: true },
  );
}

/** Events come out of order: who was said to have left, has, unless he can be read. */
function joined(change: DirectoryChange, before: string | undefined): DirectoryChange {
  if (change.kind !== 'person' || before === undefined) return change;
  const known = (JSON.parse(before) as Note).change;
  return { ...change, left: change.left || (known.kind === 'person' && known.left) };
}

export async function notedChanges(store: Store, platform: string): Promise<NotedChange[]> {
  const found = await store.database.rows.meta.findMany({
    where: { name: { startsWith: prefixOf(platform) } },
    orderBy: { name: 'asc' },
  });
  return found.map((row) => ({ row, change: (JSON.parse(row.value) as Note).change }));
}

/** They are taken over; what was noted anew meanwhile stays. */
export async function forgetChanges(rows: Rows, noted: readonly NotedChange[]): Promise<void> {
  for (const { row } of noted) await rows.meta.deleteMany({ where: row });
}

/** The last time that everybody was read, and what it left to be cleared up. */
export interface LastSync {
  at: Date;
  /** In Chinese, for operators. */
  conflicts: string[];
}

const lastName = (platform: string): string => `directory/${platform}/last`;

export async function keepLastSync(rows: Rows, platform: string, last: LastSync): Promise<void> {
  const [name, value] = [lastName(platform), JSON.stringify(last)];
  await rows.meta.upsert({ where: { name }, create: { name, value }, update: { value } });
}

/** @returns `undefined` where everybody was never read */
export async function lastSync(rows: Rows, platform: string): Promise<LastSync | undefined> {
  const found = await rows.meta.findUnique({ where: { name: lastName(platform) } });
  if (!found) return undefined;
  const { at, conflicts } = JSON.parse(found.value) as { at: string; conflicts: string[] };
  return { at: new Date(at), conflicts };
}
