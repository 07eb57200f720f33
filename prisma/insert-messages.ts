import type { Rows } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { OutboxModel } from './generated/sqlite/models.ts';
import { straightTo } from './straight.ts';

/** A message that has just come in line. */
export type NewMessage = Pick<
  OutboxModel,
  | 'id'
  | 'key'
  | 'personId'
  | 'platform'
  | 'externalId'
  | 'isGroup'
  | 'job'
  | 'isExempt'
  | 'isCarried'
  | 'sealed'
  | 'createdAt'
  | 'notBefore'
  | 'state'
>;

/**
 * Adds the messages without those whose key is there.
 * @returns how many were added
 */
export async function insertMessages(rows: Rows, messages: readonly NewMessage[]): Promise<number> {
  const straight = straightTo(rows);
  if (!straight) return insertAtOnce(rows, messages);
  let added = 0;
  for (const message of messages)
    added += await straight.change(
      INSERT_ONE,
      COLUMNS.map((column) => message[column]),
    );
  return added;
}

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
] as const;

const INSERT_ONE = `
  INSERT INTO "Outbox" (${COLUMNS.map((column) => `"${column}"`).join()}, "attempts")
  VALUES (${COLUMNS.map(() => '?').join()}, 0) ON CONFLICT ("key") DO NOTHING`;

/** In one statement. */
function insertAtOnce(rows: Rows, messages: readonly NewMessage[]): Promise<number> {
  const values = messages.map(
    (each) =>
      Prisma.sql`(${each.id}, ${each.key}, ${each.personId}, ${each.platform}, ${each.externalId}, ${each.isGroup},
        ${each.job}, ${each.isExempt}, ${each.isCarried}, ${each.sealed}, ${each.createdAt}, ${each.notBefore},
        ${each.state}, 0)`,
  );
  return rows.$executeRaw`
    INSERT INTO "Outbox" ("id", "key", "personId", "platform", "externalId", "isGroup", "job", "isExempt", "isCarried",
      "sealed", "createdAt", "notBefore", "state", "attempts")
    VALUES ${Prisma.join(values)} ON CONFLICT ("key") DO NOTHING`;
}
