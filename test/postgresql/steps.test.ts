import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Rows } from '../../prisma/database.ts';
import { everyTable } from '../../prisma/every-table.ts';
import { openDatabase } from '../../prisma/open-database.ts';
import { emptyDatabase, hasServer } from './empty-database.ts';

interface Column {
  table: string;
  column: string;
  isNeeded: boolean;
}

interface Index {
  table: string;
  columns: string;
  isUnique: boolean;
  isPartial: boolean;
}

describe.skipIf(!hasServer())('the migrations for SQLite and those for PostgreSQL', () => {
  it('make the same tables with the same columns, and the same indexes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qinglian-steps-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const sqlite = await openDatabase(`file:${join(folder, 'x.db')}`);
    const postgresql = await openDatabase(await emptyDatabase());
    onTestFinished(async () => {
      await sqlite.close();
      await postgresql.close();
    });
    const made = await columnsInPostgresql(postgresql.rows);
    expect(made.map(({ table, column }) => `${table}.${column}`)).toContain('Entry.refOrder');
    expect(made).toEqual(await columnsInSqlite(sqlite.rows));
    expect(await indexesInPostgresql(postgresql.rows)).toEqual(await indexesInSqlite(sqlite.rows));
    expect(new Set(made.map(({ table }) => table))).toEqual(
      new Set(everyTable.map(({ model }) => model as string)),
    );
  });
});

const columnsInPostgresql = (rows: Rows): Promise<Column[]> => rows.$queryRaw<Column[]>`
  SELECT table_name::text AS "table", column_name::text AS "column", is_nullable = 'NO' AS "isNeeded"
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
  ORDER BY table_name COLLATE "C", column_name COLLATE "C"`;

async function columnsInSqlite(rows: Rows): Promise<Column[]> {
  const found = await rows.$queryRaw<{ table: string; column: string; isNeeded: bigint }[]>`
    SELECT t."name" AS "table", c."name" AS "column", c."notnull" AS "isNeeded"
    FROM sqlite_master t JOIN pragma_table_info(t."name") c
    WHERE t."type" = 'table' AND t."name" NOT LIKE 'sqlite%' AND t."name" <> '_prisma_migrations'
    ORDER BY t."name", c."name"`;
  return found.map(({ table, column, isNeeded }) => ({ table, column, isNeeded: Number(isNeeded) === 1 }));
}

const indexesInPostgresql = (rows: Rows): Promise<Index[]> => rows.$queryRaw<Index[]>`
  SELECT t.relname::text COLLATE "C" AS "table", string_agg(a.attname::text, ',' ORDER BY k.place) COLLATE "C" AS "columns", i.indisunique AS "isUnique",
    i.indpred IS NOT NULL AS "isPartial"
  FROM pg_index i
  JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'public'::regnamespace
  CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(number, place)
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
  WHERE t.relname <> '_prisma_migrations' AND NOT i.indisprimary
  GROUP BY t.relname, i.indexrelid, i.indisunique, 4
  ORDER BY 1, 2`;

async function indexesInSqlite(rows: Rows): Promise<Index[]> {
  const found = await rows.$queryRaw<Record<keyof Index, string | bigint>[]>`
    SELECT m."tbl_name" AS "table", (SELECT group_concat("name", ',') FROM pragma_index_info(m."name")) AS "columns",
      (SELECT l."unique" FROM pragma_index_list(m."tbl_name") l WHERE l."name" = m."name") AS "isUnique",
      (SELECT l."partial" FROM pragma_index_list(m."tbl_name") l WHERE l."name" = m."name") AS "isPartial"
    FROM sqlite_master m
    WHERE m."type" = 'index' AND m."name" NOT LIKE 'sqlite%' AND m."tbl_name" <> '_prisma_migrations'
    ORDER BY m."tbl_name", 2`;
  return found.map(({ table, columns, isUnique, isPartial }) => ({
    ...{ table: String(table), columns: String(columns) },
    ...{ isUnique: Number(isUnique) === 1, isPartial: Number(isPartial) === 1 },
  }));
}
