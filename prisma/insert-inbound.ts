import type { Rows } from './database.ts';
import type { InboxModel, RequestModel } from './generated/sqlite/models.ts';
import { insertRows } from './insert-rows.ts';

const INBOX = {
  table: 'Inbox',
  columns: ['key', 'receivedAt', 'attempts', 'sealed'],
  otherwise: 'ON CONFLICT ("key") DO NOTHING',
} as const;

/** Adds what came in, without what is there already. */
export const insertInbound = (rows: Rows, arrived: readonly InboxModel[]): Promise<number> =>
  insertRows(rows, INBOX, arrived);

const REQUESTS = { table: 'Request', columns: ['key', 'settledAt', 'sealed'] } as const;

/** Adds what was settled. @throws where one of them was settled before */
export const insertRequests = (rows: Rows, settled: readonly RequestModel[]): Promise<number> =>
  insertRows(rows, REQUESTS, settled);
