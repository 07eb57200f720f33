import type { Rows, Store } from '../../../ledger/store.ts';
import { asPostgresql, dialectOf } from '../../../prisma/dialect.ts';

/** Every table, every row, every column: bytes by their length, and what is random by its kind. */
export async function everythingStored({ database: { rows } }: Store): Promise<Record<string, unknown[]>> {
  const onServer = dialectOf(rows) === 'postgresql';
  const tables = await rows.$queryRawUnsafe<{ name: string }[]>(
    onServer
      ? "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
      : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
  );
  const stored: Record<string, unknown[]> = {};
  for (const { name } of tables.filter((table) => !table.name.startsWith('_'))) {
    const found = await rows.$queryRawUnsafe<Record<string, unknown>[]>(
      `SELECT * FROM "${name}" ORDER BY ${onServer ? 'ctid' : 'rowid'}`,
    );
    stored[name] = found.map((row) =>
      Object.fromEntries(Object.entries(row).map(([column, value]) => [column, kindOf(column, value)])),
    );
  }
  return stored;
}

/** The same store, and each call of its database in order: what was asked of which table with which arguments. */
export function overheard(store: Store): { store: Store; calls: string[] } {
  const calls: string[] = [];
  const listening = (rows: Rows): Rows => {
    const heard = new Proxy(rows, {
      get(of, model: string) {
        const table: unknown = Reflect.get(of, model);
        if (typeof table === 'function') {
          return (...args: unknown[]) => {
            calls.push(`${model} ${JSON.stringify(kindOf('', args))}`);
            return table.apply(of, args);
          };
        }
        if (typeof table !== 'object' || table === null) return table;
        return new Proxy(table, {
          get(methods, method: string) {
            const call: unknown = Reflect.get(methods, method);
            if (typeof call !== 'function') return call;
            return (args: unknown) => {
              calls.push(`${model}.${method} ${JSON.stringify(kindOf('', args))}`);
              return call.call(methods, args);
            };
          },
        });
      },
    });
    return dialectOf(rows) === 'postgresql' ? asPostgresql(heard) : heard;
  };
  const { database } = store;
  return {
    calls,
    store: {
      ...store,
      database: {
        ...database,
        rows: listening(database.rows),
        write: (work, options) => database.write((rows) => work(listening(rows)), options),
      },
    },
  };
}

const RANDOM: readonly (readonly [RegExp, string])[] = [
  [/QL1\.[A-Za-z0-9_-]{140}/g, '<receipt>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>'],
  [/[0-9a-f]{32,}/g, '<hex>'],
  [/[2-9A-Z]{4}-[2-9A-Z]{4}/g, '<ref>'],
];

/** Two values that can be told apart without a key are of two kinds. */
export function kindOf(column: string, value: unknown): unknown {
  if (value instanceof Uint8Array) {
    const text = Buffer.from(value).toString('utf8');
    return column === 'body' ? withoutRandom(text) : `${value.length} bytes`;
  }
  if (typeof value === 'string') return withoutRandom(value);
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each) => kindOf(column, each));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, kindOf(name, each)]));
}

export const withoutRandom = (text: string): string =>
  RANDOM.reduce((so, [random, kind]) => so.replace(random, (found) => `${kind}${found.length}`), text);
