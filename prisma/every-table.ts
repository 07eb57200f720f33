import type { Prisma, Rows } from './database.ts';

/** A table, by what it is read in order. */
export interface Table {
  model: Prisma.ModelName;
  keys: readonly string[];
  /** Rows that are held in memory at once. */
  atOnce: number;
}

const ROWS_AT_ONCE = 500;
/** A piece of a file is a megabyte. */
const PIECES_AT_ONCE = 8;

const keysOf: Record<Prisma.ModelName, readonly string[]> = {
  Department: ['id'],
  DepartmentLink: ['platform', 'externalId'],
  Person: ['id'],
  Account: ['platform', 'externalId'],
  BindingCode: ['id'],
  BindingTry: ['id'],
  Entry: ['id'],
  EntryPerson: ['entryId', 'part', 'personId'],
  Recusal: ['entryId', 'mark'],
  AuditRecord: ['seq'],
  Receipt: ['commitment'],
  Attachment: ['id'],
  AttachmentBody: ['attachmentId', 'part'],
  NilReturn: ['personId', 'period'],
  PageLink: ['id'],
  Anchor: ['hash'],
  Inbox: ['key'],
  Request: ['key'],
  Outbox: ['id'],
  HeldCard: ['platform', 'messageId'],
  HeldCardEntry: ['platform', 'messageId', 'ref'],
  Draft: ['id'],
  Dialogue: ['platform', 'externalId'],
  JobRun: ['job', 'occurrence'],
  Meta: ['name'],
  LocalMessage: ['seq'],
};

/** Every table of the record: the compiler misses one that is new. */
export const everyTable: readonly Table[] = (
  Object.entries(keysOf) as [Prisma.ModelName, readonly string[]][]
).map(([model, keys]) => ({
  model,
  keys,
  atOnce: model === 'AttachmentBody' ? PIECES_AT_ONCE : ROWS_AT_ONCE,
}));

/** What is done with every table alike. */
export interface AnyTable {
  findMany(asked: {
    orderBy?: Record<string, 'asc'>[];
    take?: number;
    skip?: number;
    cursor?: Record<string, unknown>;
  }): Promise<Record<string, unknown>[]>;
  createMany(given: { data: Record<string, unknown>[] }): Promise<{ count: number }>;
  count(): Promise<number>;
}

export function tableOf(rows: Rows, { model }: Table): AnyTable {
  const name = `${model[0]?.toLowerCase()}${model.slice(1)}` as Uncapitalize<Prisma.ModelName>;
  return rows[name] as unknown as AnyTable;
}
