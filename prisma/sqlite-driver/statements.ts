import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils';
import { bound } from './bound.ts';
import { columnType, columnTypeOf } from './column-types.ts';
import { limitWrittenOut } from './limit-written-out.ts';

/** Statements that stay prepared; those that were not used for longest make room. */
const MOST = 300;

/** Runs statements, each prepared once and kept: to prepare one costs more than most of them take. */
export interface Statements {
  /** @throws what SQLite says */
  rowsOf(query: SqlQuery): SqlResultSet;
  /** @returns how many rows it changed @throws what SQLite says */
  changedBy(query: SqlQuery): number;
}

interface Prepared {
  statement: StatementSync;
  columnNames: string[];
  /** As the tables declare them; null for what is computed. */
  declaredTypes: (string | null)[];
}

export function openStatements(database: DatabaseSync): Statements {
  const kept = new Map<string, Prepared>();
  const prepared = (sql: string): Prepared => {
    const known = kept.get(sql);
    const one = known ?? prepare(database, sql);
    kept.delete(sql);
    kept.set(sql, one);
    if (kept.size > MOST) kept.delete(kept.keys().next().value as string);
    return one;
  };
  return {
    rowsOf(asked) {
      const query = limitWrittenOut(asked);
      const { statement, columnNames, declaredTypes } = prepared(query.sql);
      const rows = statement.all(...bound(query)) as unknown as SQLOutputValue[][];
      const columnTypes = declaredTypes.map((declared, index) =>
        declared === null ? columnTypeOf(firstValue(rows, index)) : columnType(declared),
      );
      return { columnNames: [...columnNames], columnTypes, rows };
    },
    changedBy(query) {
      const { statement } = prepared(query.sql);
      return Number(statement.run(...bound(query)).changes);
    },
  };
}

function prepare(database: DatabaseSync, sql: string): Prepared {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  const columns = statement.columns();
  return {
    statement,
    columnNames: columns.map(({ name }) => name),
    declaredTypes: columns.map(({ type }) => type),
  };
}

function firstValue(rows: readonly SQLOutputValue[][], index: number): SQLOutputValue {
  for (const row of rows) {
    const value = row[index];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}
