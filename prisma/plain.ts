import type { Rows } from './database.ts';
import { dialectOf } from './dialect.ts';
import { type Straight, straightTo } from './straight.ts';

/** Statements in SQL that both databases understand, a question mark for each value. */
export interface Plain {
  /** @returns rows in the order of the columns; instants and JSON as the database hands them over */
  ask(sql: string, values: readonly unknown[]): Promise<unknown[][]>;
  /** @returns how many rows it changed */
  change(sql: string, values: readonly unknown[]): Promise<number>;
}

/**
 * The way for statements that every message needs: on SQLite they pass Prisma by (decision 052), on PostgreSQL they go through
 * it as they are.
 */
export function plain(rows: Rows): Plain {
  const straight = straightTo(rows);
  return straight ? onSqlite(straight) : throughPrisma(rows);
}

const onSqlite = ({ ask, change }: Straight): Plain => ({
  ask: async (sql, values) => (await ask(sql, values)).rows,
  change,
});

function throughPrisma(rows: Rows): Plain {
  const said = dialectOf(rows) === 'postgresql' ? numbered : (sql: string) => sql;
  return {
    async ask(sql, values) {
      const found = await rows.$queryRawUnsafe<object[]>(said(sql), ...values);
      return found.map((row) => Object.values(row));
    },
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
