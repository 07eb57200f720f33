import type { ArgType, SqlQuery, SqlQueryable, SqlResultSet } from '@prisma/driver-adapter-utils';
import type { Rows } from './database.ts';

/** Hands statements to SQLite as they are; a place for a value is a question mark. */
export interface Straight {
  ask(sql: string, values: readonly unknown[]): Promise<SqlResultSet>;
  /** @returns how many rows it changed */
  change(sql: string, values: readonly unknown[]): Promise<number>;
}

const bound = new WeakMap<Rows, Straight>();
const boundOnPostgresql = new WeakMap<Rows, Straight>();

/**
 * From now on these rows can be reached straight.
 * @param way to the database, or to the transaction whose rows they are, for as long as that is open
 * @param turn what is waited for before it is read
 */
export function goStraight(
  rows: Rows,
  way: () => SqlQueryable | undefined,
  turn: () => Promise<void> = async () => undefined,
): void {
  bound.set(rows, straightOver(way, turn));
}

/** The same within a transaction on PostgreSQL, where a place for a value is `$1`. */
export function goStraightOnPostgresql(rows: Rows, way: () => SqlQueryable | undefined): void {
  boundOnPostgresql.set(
    rows,
    straightOver(way, async () => undefined),
  );
}

function straightOver(way: () => SqlQueryable | undefined, turn: () => Promise<void>): Straight {
  const open = (): SqlQueryable => {
    const found = way();
    if (!found) throw new Error('The transaction is over');
    return found;
  };
  return {
    ask: async (sql, values) => {
      await turn();
      return open().queryRaw(queryOf(sql, values));
    },
    change: async (sql, values) => open().executeRaw(queryOf(sql, values)),
  };
}

const queryOf = (sql: string, values: readonly unknown[]): SqlQuery => ({
  sql,
  args: [...values],
  argTypes: values.map(() => ANY),
});

/** Values are bound as what they are. */
const ANY: ArgType = { scalarType: 'unknown', arity: 'scalar' };

/**
 * The straight way to these rows on SQLite, for the few statements that are run thousands of times: Prisma takes half a millisecond
 * to hand one on, and carries bytes as text. Absent on PostgreSQL.
 */
export const straightTo = (rows: Rows): Straight | undefined => bound.get(rows);

/** The same on PostgreSQL, within a transaction. */
export const straightToPostgresql = (rows: Rows): Straight | undefined => boundOnPostgresql.get(rows);
