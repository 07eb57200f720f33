import type { Rows } from './database.ts';
import type { OutboxModel } from './generated/sqlite/models.ts';
import { insertRows } from './insert-rows.ts';

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
export type NewMessage = Omit<Pick<OutboxModel, (typeof COLUMNS)[number]>, 'attempts'>;

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
