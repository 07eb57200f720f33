import type { Row, Rows } from '../prisma/database.ts';
import { noteOf } from './audit/trail.ts';
import { contentsOf } from './entry.ts';
import { aboutCard } from './held-card.ts';
import { aboutSecret, SECRET_NAME_END } from './installation-secret.ts';
import { aboutOutbox } from './outbox.ts';
import { aboutLink } from './page-link.ts';
import { aboutReceipt } from './receipt/keep-receipt.ts';
import {
  aboutAnswer,
  aboutAttachment,
  aboutInbox,
  aboutLocalMessage,
  aboutRequest,
  aboutValues,
} from './sealed-places.ts';

/** One sealed value of the database. */
export interface SealedValue {
  readonly sealed: Uint8Array;
  /** The place that it is bound to. */
  readonly about: string;
  /** The record as people know it: an entry's ref, an audit record's number. Nothing sensitive. */
  readonly record: string;
  /** Puts other bytes in its place, unless it was changed meanwhile. @returns whether it did */
  replace(rows: Rows, sealed: Uint8Array): Promise<boolean>;
}

/** A column of the database whose values are sealed. */
export interface SealedColumn {
  readonly model: string;
  readonly column: string;
  /** All its values, `take` rows a page. A value that is added behind the page that is read comes too. */
  pages(rows: Rows, take: number): AsyncGenerator<SealedValue[]>;
}

interface Models {
  entry: Row.EntryModel;
  auditRecord: Row.AuditRecordModel;
  receipt: Row.ReceiptModel;
  attachment: Row.AttachmentModel;
  pageLink: Row.PageLinkModel;
  inbox: Row.InboxModel;
  request: Row.RequestModel;
  outbox: Row.OutboxModel;
  heldCard: Row.HeldCardModel;
  draft: Row.DraftModel;
  meta: Row.MetaModel;
  localMessage: Row.LocalMessageModel;
}

interface Described<Model> {
  /** What tells the rows apart and can be ordered. */
  key: readonly (keyof Model & string)[];
  about(row: Model): string;
  record(row: Model): string;
  /** How the bytes are written in a column of text. */
  encoding?: BufferEncoding;
  /** Which rows have a sealed value in it. */
  where?: object;
}

/** Every sealed column. What is not here is neither rotated nor verified: a test compares the list with the models. */
export const sealedColumns: readonly SealedColumn[] = [
  sealedColumn('entry', 'sealed', {
    key: ['id'],
    about: ({ id }) => contentsOf(id),
    record: ({ ref }) => `Entry ${ref}`,
  }),
  sealedColumn('auditRecord', 'sealed', {
    key: ['seq'],
    about: ({ seq }) => noteOf(seq),
    record: ({ seq }) => `Record ${seq}`,
  }),
  sealedColumn('receipt', 'sealed', {
    key: ['seq'],
    about: ({ commitment }) => aboutReceipt(commitment),
    record: ({ seq }) => `The receipt of record ${seq}`,
  }),
  sealedColumn('attachment', 'sealed', {
    key: ['id'],
    about: ({ id }) => aboutAttachment(id),
    record: ({ id }) => `Attachment ${id}`,
  }),
  sealedColumn('pageLink', 'sealed', {
    key: ['id'],
    about: ({ id }) => aboutLink(id),
    record: ({ madeAt }) => `A page link made at ${madeAt.toISOString()}`,
  }),
  sealedColumn('inbox', 'sealed', {
    key: ['key'],
    about: ({ key }) => aboutInbox(key),
    record: ({ key }) => `Unsettled message ${key}`,
  }),
  sealedColumn('request', 'sealed', {
    key: ['key'],
    about: ({ key }) => aboutRequest(key),
    record: ({ key }) => `The answer to request ${key}`,
  }),
  sealedColumn('outbox', 'sealed', {
    key: ['id'],
    about: ({ id }) => aboutOutbox(id),
    record: ({ id }) => `Outgoing message ${id}`,
  }),
  sealedColumn('heldCard', 'sealed', {
    key: ['platform', 'messageId'],
    about: aboutCard,
    record: ({ platform, messageId }) => `Card ${messageId} on ${platform}`,
  }),
  sealedColumn('draft', 'sealed', {
    key: ['id'],
    about: ({ id }) => aboutValues(id),
    record: ({ id }) => `Draft ${id}`,
  }),
  sealedColumn('draft', 'answer', {
    key: ['id'],
    about: ({ id }) => aboutAnswer(id),
    record: ({ id }) => `The answer to draft ${id}`,
  }),
  sealedColumn('meta', 'value', {
    key: ['name'],
    about: ({ name }) => aboutSecret(name),
    record: ({ name }) => `The secret ${name}`,
    encoding: 'base64',
    where: { name: { endsWith: SECRET_NAME_END } },
  }),
  sealedColumn('localMessage', 'sealed', {
    key: ['seq'],
    about: ({ messageId }) => aboutLocalMessage(messageId),
    record: ({ messageId }) => `Message ${messageId} of the local chat`,
  }),
];

/** As far as every table is alike. */
interface Table<Model> {
  findMany(query: { where: object; orderBy: object[]; take: number }): Promise<Model[]>;
  updateMany(change: { where: object; data: object }): Promise<{ count: number }>;
}

function sealedColumn<Name extends keyof Models>(
  model: Name,
  column: keyof Models[Name] & string,
  { key, about, record, encoding, where = {} }: Described<Models[Name]>,
): SealedColumn {
  const tableIn = (rows: Rows) => rows[model] as unknown as Table<Models[Name]>;
  const sealedIn = (row: Models[Name]): SealedValue[] => {
    const stored = row[column] as Uint8Array | string | null;
    // What was sent or settled leaves no bytes behind.
    if (!stored || stored.length === 0) return [];
    const sealed = typeof stored === 'string' ? Buffer.from(stored, encoding) : stored;
    const written = (bytes: Uint8Array) =>
      encoding ? Buffer.from(bytes).toString(encoding) : new Uint8Array(bytes);
    const itself = { ...valuesOf(row, key), [column]: stored };
    return [
      {
        sealed,
        about: about(row),
        record: record(row),
        replace: async (rows, bytes) =>
          (await tableIn(rows).updateMany({ where: itself, data: { [column]: written(bytes) } })).count > 0,
      },
    ];
  };
  return {
    model,
    column,
    async *pages(rows, take) {
      const orderBy = key.map((name) => ({ [name]: 'asc' }));
      for (let last: Models[Name] | undefined; ; ) {
        const page = await tableIn(rows).findMany({
          where: { AND: [where, behind(last, key)] },
          orderBy,
          take,
        });
        yield page.flatMap(sealedIn);
        last = page.at(-1);
        if (!last || page.length < take) return;
      }
    },
  };
}

const valuesOf = <Model>(row: Model, key: readonly (keyof Model & string)[]) =>
  Object.fromEntries(key.map((name) => [name, row[name]]));

/** The rows that stand behind that one: later in the first column of the key, or equal in it and later in the next. */
function behind<Model extends object>(
  last: Model | undefined,
  key: readonly (keyof Model & string)[],
): object {
  if (last === undefined) return {};
  const later = key.map((name, index) => ({
    ...valuesOf(last, key.slice(0, index)),
    [name]: { gt: last[name] },
  }));
  return { OR: later };
}
