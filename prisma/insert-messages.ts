import type { Rows } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { OutboxModel } from './generated/sqlite/models.ts';

/** A message that has just come in line. */
export type NewMessage = Pick<
  OutboxModel,
  'id' | 'key' | 'personId' | 'platform' | 'externalId' | 'isGroup' | 'sealed' | 'createdAt' | 'notBefore'
>;

/**
 * Adds the messages, in one statement, without those whose key is there.
 * @returns how many were added
 */
export function insertMessages(rows: Rows, messages: readonly NewMessage[]): Promise<number> {
  const values = messages.map(
    (each) =>
      Prisma.sql`(${each.id}, ${each.key}, ${each.personId}, ${each.platform}, ${each.externalId}, ${each.isGroup},
        ${each.sealed}, ${each.createdAt}, ${each.notBefore}, 'waiting', 0)`,
  );
  return rows.$executeRaw`
    INSERT INTO "Outbox" ("id", "key", "personId", "platform", "externalId", "isGroup", "sealed", "createdAt",
      "notBefore", "state", "attempts")
    VALUES ${Prisma.join(values)} ON CONFLICT ("key") DO NOTHING`;
}
