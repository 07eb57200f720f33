import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { Database, Rows } from './database.ts';
import { dialectOf } from './dialect.ts';
import { everyTable, type Table, tableOf } from './every-table.ts';

/** What was copied of one table. */
export interface Copied {
  table: string;
  rows: number;
}

/** So long may it take. */
const WITHIN_MS = 6 * 3_600_000;

/**
 * Copies every row into another database, which must be empty, in one transaction: it is read back and compared before it counts,
 * so that either the whole record is there, equal to the last byte, or nothing.
 * @param told how it goes on
 * @throws Error in English, for the operator, when the other is not empty or what was read back differs
 */
export function copyRecord(
  from: Rows,
  target: Pick<Database, 'write'>,
  told: (copied: Copied) => void = () => undefined,
): Promise<Copied[]> {
  const work = async (to: Rows): Promise<Copied[]> => {
    await deferReferences(to);
    // A new database has nothing in it but this.
    await to.meta.deleteMany({ where: { name: 'directory-stamp' } });
    const done: Copied[] = [];
    for (const table of everyTable) {
      const copied = await copyTable(table, from, to);
      told(copied);
      done.push(copied);
    }
    await goOnCounting(to);
    return done;
  };
  return target.write(work, { withinMs: WITHIN_MS });
}

async function copyTable(table: Table, from: Rows, to: Rows): Promise<Copied> {
  const target = tableOf(to, table);
  if ((await target.findMany({ take: 1 })).length > 0)
    throw new Error(
      `The database that is to take the record is not empty: its table ${table.model} has rows`,
    );
  const given = fingerprint();
  for await (const page of pagesOf(table, from)) {
    given.add(page);
    await target.createMany({ data: page });
  }
  const kept = fingerprint();
  for await (const page of pagesOf(table, to)) kept.add(page);
  if (kept.digest() !== given.digest())
    throw new Error(`Table ${table.model}: what was read back differs from what was written`);
  return { table: table.model, rows: given.rows };
}

type Page = Record<string, unknown>[];

/** All rows, in the order of their keys. */
async function* pagesOf(table: Table, rows: Rows): AsyncIterable<Page> {
  const { keys, atOnce } = table;
  const orderBy = keys.map((key) => ({ [key]: 'asc' as const }));
  for (let last: Record<string, unknown> | undefined; ; ) {
    const page = await tableOf(rows, table).findMany({
      orderBy,
      take: atOnce,
      ...(last && { skip: 1, cursor: cursorAt(keys, last) }),
    });
    if (page.length > 0) yield page;
    if (page.length < atOnce) return;
    last = page.at(-1);
  }
}

/** As Prisma names a key: of several columns by all their names. */
function cursorAt(keys: readonly string[], row: Record<string, unknown>): Record<string, unknown> {
  const values = Object.fromEntries(keys.map((key) => [key, row[key]]));
  return keys.length === 1 ? values : { [keys.join('_')]: values };
}

interface Fingerprint {
  readonly rows: number;
  add(page: Page): void;
  digest(): string;
}

function fingerprint(): Fingerprint {
  const hash: Hash = createHash('sha256');
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    add(page) {
      rows += page.length;
      for (const row of page) hash.update(`${canonicalJson(asText(row))}\n`);
    },
    digest: () => hash.digest('hex'),
  };
}

const asText = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ]),
  );

/** What refers to a row that is still to come is looked at when all are there. */
async function deferReferences(to: Rows): Promise<void> {
  if (dialectOf(to) === 'sqlite') await to.$executeRaw`PRAGMA defer_foreign_keys = ON`;
  else await to.$executeRaw`SET CONSTRAINTS ALL DEFERRED`;
}

/** SQLite goes on behind the highest number by itself. */
async function goOnCounting(to: Rows): Promise<void> {
  if (dialectOf(to) === 'sqlite') return;
  await to.$executeRaw`
    SELECT setval(pg_get_serial_sequence('"LocalMessage"', 'seq'), (SELECT COALESCE(MAX("seq"), 0) + 1 FROM "LocalMessage"), false)`;
}
