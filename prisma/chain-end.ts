import type { Row, Rows } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { plain } from './plain.ts';

/** The number and the hash of the last record of the chain, where there is one. */
export async function lastOfChain(
  rows: Rows,
): Promise<Pick<Row.AuditRecordModel, 'seq' | 'hash'> | undefined> {
  const [found] = await plain(rows).ask(
    'SELECT "seq", "hash" FROM "AuditRecord" ORDER BY "seq" DESC LIMIT 1',
    [],
  );
  return found && { seq: Number(found[0]), hash: new Uint8Array(found[1] as Uint8Array) };
}

const CHAIN = {
  table: 'AuditRecord',
  columns: ['seq', 'at', 'actor', 'action', 'entryId', 'sealed', 'body', 'hash'],
} as const;

/** Adds a record to the chain. @throws where another has its number */
export async function appendToChain(rows: Rows, record: Row.AuditRecordModel): Promise<void> {
  await insertRows(rows, CHAIN, [record]);
}
