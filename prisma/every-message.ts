import type { Row, Rows } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { places, plain } from './plain.ts';

// What is asked and written with every message, by statements that are prepared once.

/** The value of the bureau that has the name. @throws where there is none */
export async function metaValue(rows: Rows, name: string): Promise<string> {
  const [found] = await plain(rows).ask('SELECT "value" FROM "Meta" WHERE "name" = ?', [name]);
  if (!found) throw new Error(`The record lacks ${name}`);
  return String(found[0]);
}

/** To whom the accounts belong, by their ids on the platform; those that are nobody's are left out. */
export async function accountOwners(
  rows: Rows,
  platform: string,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await plain(rows).ask(
    `SELECT "externalId", "personId" FROM "Account" WHERE "platform" = ? AND "externalId" IN ${places(externalIds)}`,
    [platform, ...externalIds],
  );
  return new Map(found.map(([externalId, personId]) => [String(externalId), String(personId)]));
}

/** Under which marks an entry is hidden. */
export async function recusalMarks(rows: Rows, entryId: string): Promise<Set<string>> {
  const found = await plain(rows).ask('SELECT "mark" FROM "Recusal" WHERE "entryId" = ?', [entryId]);
  return new Set(found.map(([mark]) => String(mark)));
}

/** Whether anything stands below the entry. */
export async function hasParts(rows: Rows, entryId: string): Promise<boolean> {
  const found = await plain(rows).ask('SELECT 1 FROM "Entry" WHERE "parentId" = ? LIMIT 1', [entryId]);
  return found.length > 0;
}

/** The cards that show the entry. */
export async function cardsShowing(
  rows: Rows,
  ref: string,
): Promise<Pick<Row.HeldCardModel, 'platform' | 'messageId'>[]> {
  const found = await plain(rows).ask('SELECT "platform", "messageId" FROM "HeldCardEntry" WHERE "ref" = ?', [
    ref,
  ]);
  return found.map(([platform, messageId]) => ({
    platform: String(platform),
    messageId: String(messageId),
  }));
}

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
