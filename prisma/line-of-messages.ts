import type { Row, Rows } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { instantIn, places, plain } from './plain.ts';

// The messages that are to go out: put in line, taken, and sent.

const COLUMNS = [
  'id',
  'key',
  'personId',
  'platform',
  'externalId',
  'isGroup',
  'job',
  'isExempt',
  'isCarried',
  'sealed',
  'createdAt',
  'notBefore',
  'state',
  'attempts',
] as const;

/** A message that has just come in line. */
export type NewMessage = Omit<Pick<Row.OutboxModel, (typeof COLUMNS)[number]>, 'attempts'>;

const OUTBOX = { table: 'Outbox', columns: COLUMNS, otherwise: 'ON CONFLICT ("key") DO NOTHING' } as const;

/**
 * Adds the messages without those whose key is there.
 * @returns how many were added
 */
export const insertMessages = (rows: Rows, messages: readonly NewMessage[]): Promise<number> =>
  insertRows(
    rows,
    OUTBOX,
    messages.map((message) => ({ ...message, attempts: 0 })),
  );

/** Of the messages in line, those that are looked for. */
export interface AmongWaiting {
  /** Answers to what somebody did, or what nobody waits for. */
  areAnswers: boolean;
  /** Receivers who are passed over: accounts, and persons where no account is named. */
  passedOver: readonly string[];
  /** Nobody has them by then. */
  at: Date;
}

const TAKEN = '"leaseUntil" IS NULL OR "leaseUntil" <= ?';

function amongWaiting({ areAnswers, passedOver, at }: AmongWaiting): { sql: string; values: unknown[] } {
  const lane = `"platform" IS ${areAnswers ? 'NOT NULL' : 'NULL'}`;
  const waiting = `"state" = 'waiting' AND ${lane} AND (${TAKEN})`;
  if (passedOver.length === 0) return { sql: waiting, values: [at] };
  const notTo = (column: string) => `${column} NOT IN ${places(passedOver)}`;
  const others = `(${notTo('"externalId"')} OR ("externalId" IS NULL AND ${notTo('"personId"')}))`;
  return { sql: `${waiting} AND ${others}`, values: [at, ...passedOver, ...passedOver] };
}

/** When the first of them falls due, where there is one. */
export async function firstDueAt(rows: Rows, among: AmongWaiting): Promise<Date | undefined> {
  const { sql, values } = amongWaiting(among);
  const [first] = await plain(rows).ask(
    `SELECT "notBefore" FROM "Outbox" WHERE ${sql} ORDER BY "notBefore" LIMIT 1`,
    values,
  );
  return (first && instantIn(first[0])) ?? undefined;
}

/** Those of them that are due by then, in the order in which they fell due. */
export function dueMessages(rows: Rows, among: AmongWaiting, most: number): Promise<Row.OutboxModel[]> {
  const { sql, values } = amongWaiting(among);
  return plain(rows).askModels(
    `SELECT * FROM "Outbox" WHERE ${sql} AND "notBefore" <= ? ORDER BY "notBefore", "id" LIMIT ${most}`,
    [...values, among.at],
  );
}

/** They are taken until then, which counts as an attempt. @param uncertainAt where one of them may have gone out */
export async function takeMessages(
  rows: Rows,
  ids: readonly string[],
  { leaseUntil, uncertainAt }: { leaseUntil: Date; uncertainAt?: Date },
): Promise<void> {
  const unsure = uncertainAt ? '"uncertainAt" = ?, ' : '';
  await plain(rows).change(
    `UPDATE "Outbox" SET ${unsure}"leaseUntil" = ?, "attempts" = "attempts" + 1 WHERE "id" IN ${places(ids)}`,
    [...(uncertainAt ? [uncertainAt] : []), leaseUntil, ...ids],
  );
}

/** They are not tried any more. @param reason in English, for the operator */
export async function giveUpMessages(rows: Rows, ids: readonly string[], reason: string): Promise<void> {
  if (ids.length === 0) return;
  await plain(rows).change(
    `UPDATE "Outbox" SET "state" = 'dead', "leaseUntil" = NULL, "lastError" = ? WHERE "id" IN ${places(ids)}`,
    [reason, ...ids],
  );
}

/** A message as it takes room in a week. */
export type CountedMessage = Pick<
  Row.OutboxModel,
  'id' | 'personId' | 'notBefore' | 'isCarried' | 'state' | 'attempts' | 'leaseUntil'
>;

/** Those that nobody's act has caused and that count, to these persons from then on, in the order in which they came in line. */
export const countedMessages = (
  rows: Rows,
  personIds: readonly string[],
  from: Date,
): Promise<CountedMessage[]> =>
  plain(rows).askModels(
    `SELECT "id", "personId", "notBefore", "isCarried", "state", "attempts", "leaseUntil" FROM "Outbox" WHERE "personId" IN ${places(personIds)} AND "notBefore" >= ?
       AND "job" IS NOT NULL AND "isExempt" = FALSE AND "state" <> 'within' ORDER BY "id"`,
    [...personIds, from],
  );

/** Which of the keys stand in line, or did. */
export async function keysInLine(rows: Rows, keys: readonly string[]): Promise<string[]> {
  const known = await plain(rows).ask(`SELECT "key" FROM "Outbox" WHERE "key" IN ${places(keys)}`, keys);
  return known.map(([key]) => String(key));
}

/** How a message went. @property notBy platforms by which it would rather have gone, apart by commas */
export type WentBy = Pick<Row.OutboxModel, 'via' | 'notBy' | 'sentAt'>;

/** They went out: what they said is not kept any longer. @returns how many of them there are */
export const markSent = (
  rows: Rows,
  ids: readonly string[],
  { via, notBy, sentAt }: WentBy,
): Promise<number> =>
  plain(rows).change(
    `UPDATE "Outbox" SET "state" = 'sent', "via" = ?, "notBy" = ?, "sentAt" = ?, "leaseUntil" = NULL, "sealed" = ?
     WHERE "id" IN ${places(ids)}`,
    [via, notBy, sentAt, new Uint8Array(), ...ids],
  );
