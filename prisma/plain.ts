import { asModels } from './as-models.ts';
import type { Rows } from './database.ts';
import { dialectOf } from './dialect.ts';
import { type Straight, straightTo, straightToPostgresql } from './straight.ts';

/** Statements in SQL that both databases understand, a question mark for each value. */
export interface Plain {
  /** @returns rows in the order of the columns; instants and JSON as the database hands them over */
  ask(sql: string, values: readonly unknown[]): Promise<unknown[][]>;
  /** @returns rows with all columns of their table, as Prisma hands them over: `Model` is the table's */
  askModels<Model>(sql: string, values: readonly unknown[]): Promise<Model[]>;
  /** @returns how many rows it changed */
  change(sql: string, values: readonly unknown[]): Promise<number>;
}

/**
 * The way for statements that every message needs: they pass Prisma by (decisions 052 and 061), but for those on PostgreSQL outside of
 * a transaction, which go through it as they are.
 */
export function plain(rows: Rows): Plain {
  const onSqlite = straightTo(rows);
  if (onSqlite) return over(onSqlite, (sql) => sql);
  const onPostgresql = straightToPostgresql(rows);
  return onPostgresql ? over(onPostgresql, numbered) : throughPrisma(rows);
}

/** Whether statements to these rows pass Prisma by. */
export const isStraight = (rows: Rows): boolean =>
  (straightTo(rows) ?? straightToPostgresql(rows)) !== undefined;

const over = ({ ask, change }: Straight, said: (sql: string) => string): Plain => ({
  ask: async (sql, values) => (await ask(said(sql), values)).rows,
  askModels: async <Model>(sql: string, values: readonly unknown[]) =>
    asModels(await ask(said(sql), values), (text) => new Date(text)) as Model[],
  change: (sql, values) => change(said(sql), values),
});

function throughPrisma(rows: Rows): Plain {
  const said = dialectOf(rows) === 'postgresql' ? numbered : (sql: string) => sql;
  const found = (sql: string, values: readonly unknown[]) =>
    rows.$queryRawUnsafe<object[]>(said(sql), ...values);
  return {
    ask: async (sql, values) => (await found(sql, values)).map((row) => Object.values(row)),
    askModels: async <Model>(sql: string, values: readonly unknown[]) =>
      (await found(sql, values)) as Model[],
    change: (sql, values) => rows.$executeRawUnsafe(said(sql), ...values),
  };
}

/** PostgreSQL counts the places for values. */
function numbered(sql: string): string {
  let place = 0;
  return sql.replace(/\?/g, () => {
    place += 1;
    return `$${place}`;
  });
}

/** `(?, ?, ?)` for so many values; none is found among none. */
export const places = (values: readonly unknown[]): string =>
  `(${values.length === 0 ? 'NULL' : values.map(() => '?').join()})`;

/** An instant that a column holds, however the database hands it over; null where it holds none. */
export const instantIn = (value: unknown): Date | null =>
  value === null || value instanceof Date ? value : new Date(String(value));
