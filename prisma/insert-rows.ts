import type { Rows } from './database.ts';
import { places, plain } from './plain.ts';
import { straightTo } from './straight.ts';

/** Rows that one statement takes where they go together: it takes so many values. */
const AT_ONCE = 1000;

/** Where and how rows are added. */
export interface Into<Name extends string> {
  table: string;
  columns: readonly Name[];
  /** What follows on the values, such as what happens where a row is there already. */
  otherwise?: string;
}

/**
 * Adds rows: on SQLite one by one, by a statement that stays prepared, on PostgreSQL many at once. Prisma's own way is to work
 * the statement out anew for every number of rows.
 * @returns how many were added
 */
export async function insertRows<Name extends string>(
  rows: Rows,
  { table, columns, otherwise = '' }: Into<Name>,
  added: readonly Readonly<Record<Name, unknown>>[],
): Promise<number> {
  const names = columns.map((column) => `"${column}"`).join();
  const straight = straightTo(rows);
  let count = 0;
  if (straight) {
    const sql = `INSERT INTO "${table}" (${names}) VALUES ${places(columns)} ${otherwise}`;
    for (const row of added)
      count += await straight.change(
        sql,
        columns.map((column) => row[column]),
      );
    return count;
  }
  const { change } = plain(rows);
  for (let from = 0; from < added.length; from += AT_ONCE) {
    const some = added.slice(from, from + AT_ONCE);
    count += await change(
      `INSERT INTO "${table}" (${names}) VALUES ${some.map(() => places(columns)).join()} ${otherwise}`,
      some.flatMap((row) => columns.map((column) => row[column])),
    );
  }
  return count;
}
