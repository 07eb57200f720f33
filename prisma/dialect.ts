/** What the few statements that are written by hand depend on. */
export type Dialect = 'sqlite' | 'postgresql';

const onPostgresql = new WeakSet<object>();

/** Remembers that these rows are PostgreSQL's. @returns the same */
export function asPostgresql<T extends object>(rows: T): T {
  onPostgresql.add(rows);
  return rows;
}

export const dialectOf = (rows: object): Dialect => (onPostgresql.has(rows) ? 'postgresql' : 'sqlite');
