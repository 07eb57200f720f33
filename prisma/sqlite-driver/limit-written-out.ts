import type { SqlQuery } from '@prisma/driver-adapter-utils';

/** As Prisma ends whatever reads rows: how many, and from which on. */
const LIMITED = ' LIMIT ? OFFSET ?';

/**
 * The query with its limit written out where it begins with the first row. SQLite plans by how many rows are wanted, so that it
 * works a statement out anew whenever a limit is handed to it as a value: ten times what most statements take.
 */
export function limitWrittenOut(query: SqlQuery): SqlQuery {
  const { sql, args, argTypes } = query;
  if (!sql.endsWith(LIMITED)) return query;
  const [limit, offset] = args.slice(-2);
  if (!isWhole(limit) || !isWhole(offset) || Number(offset) !== 0) return query;
  return {
    sql: `${sql.slice(0, -LIMITED.length)} LIMIT ${limit}`,
    args: args.slice(0, -2),
    argTypes: argTypes.slice(0, -2),
  };
}

/** Prisma writes large whole numbers as text. */
const isWhole = (value: unknown): boolean =>
  typeof value === 'bigint' ||
  Number.isSafeInteger(value) ||
  (typeof value === 'string' && /^-?\d+$/.test(value));
