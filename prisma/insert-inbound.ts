import type { Rows } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { InboxModel, RequestModel } from './generated/sqlite/models.ts';

// By hand, since Prisma works its own statement out anew for every number of rows.

/** Adds what came in, in one statement, without what is there already. */
export async function insertInbound(rows: Rows, arrived: readonly InboxModel[]): Promise<void> {
  if (arrived.length === 0) return;
  const values = arrived.map(
    (each) => Prisma.sql`(${each.key}, ${each.receivedAt}, ${each.attempts}, ${each.sealed})`,
  );
  await rows.$executeRaw`
    INSERT INTO "Inbox" ("key", "receivedAt", "attempts", "sealed")
    VALUES ${Prisma.join(values)} ON CONFLICT ("key") DO NOTHING`;
}

/** Adds what was settled, in one statement. @throws where one of them was settled before */
export async function insertRequests(rows: Rows, settled: readonly RequestModel[]): Promise<void> {
  if (settled.length === 0) return;
  const values = settled.map((each) => Prisma.sql`(${each.key}, ${each.settledAt}, ${each.sealed})`);
  await rows.$executeRaw`INSERT INTO "Request" ("key", "settledAt", "sealed") VALUES ${Prisma.join(values)}`;
}
