import type { Rows } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { OutboxModel } from './generated/sqlite/models.ts';

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
 * Adds the messages, in one statement, without those whose key is there.
 * @returns how many were added
 */
export function insertMessages(rows: Rows, messages: readonly NewMessage[]): Promise<number> {
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
