import type { Row, Rows } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { places, plain } from './plain.ts';

// What came in, until it is settled, and what remembers that it was.

const INBOX = {
  table: 'Inbox',
  columns: ['key', 'receivedAt', 'attempts', 'sealed'],
  otherwise: 'ON CONFLICT ("key") DO NOTHING',
} as const;

/** Adds what came in, without what is there already. */
export const insertInbound = (rows: Rows, arrived: readonly Row.InboxModel[]): Promise<number> =>
  insertRows(rows, INBOX, arrived);

/** The oldest of what waits, in the order in which it came. @param without the keys of what lets others go first */
export function oldestInbound(
  rows: Rows,
  without: readonly string[],
  most: number,
): Promise<Row.InboxModel[]> {
  const others = without.length === 0 ? '' : `WHERE "key" NOT IN ${places(without)}`;
  return plain(rows).askModels(
    `SELECT * FROM "Inbox" ${others} ORDER BY "receivedAt", "key" LIMIT ${most}`,
    without,
  );
}

/** Counts one try of it. */
export async function countTry(rows: Rows, key: string): Promise<void> {
  await plain(rows).change('UPDATE "Inbox" SET "attempts" = "attempts" + 1 WHERE "key" = ?', [key]);
}

/** What was settled need not wait any more. */
export async function forgetInbound(rows: Rows, keys: readonly string[]): Promise<void> {
  await plain(rows).change(`DELETE FROM "Inbox" WHERE "key" IN ${places(keys)}`, keys);
}

const REQUESTS = { table: 'Request', columns: ['key', 'settledAt', 'sealed'] } as const;

/** Adds what was settled. @throws where one of them was settled before */
export const insertRequests = (rows: Rows, settled: readonly Row.RequestModel[]): Promise<number> =>
  insertRows(rows, REQUESTS, settled);

/** Those of the keys under which something was settled. */
export async function settledAmong(rows: Rows, keys: readonly string[]): Promise<Set<string>> {
  const found = await plain(rows).ask(`SELECT "key" FROM "Request" WHERE "key" IN ${places(keys)}`, keys);
  return new Set(found.map(([key]) => String(key)));
}

/** What was settled under the key. */
export async function settledRequest(rows: Rows, key: string): Promise<Row.RequestModel | undefined> {
  const [found] = await plain(rows).askModels<Row.RequestModel>('SELECT * FROM "Request" WHERE "key" = ?', [
    key,
  ]);
  return found;
}
