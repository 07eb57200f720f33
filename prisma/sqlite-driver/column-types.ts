import type { SQLOutputValue } from 'node:sqlite';
import { type ColumnType, ColumnTypeEnum } from '@prisma/driver-adapter-utils';

/** The types that Prisma's migrations declare. */
const DECLARED: Readonly<Record<string, ColumnType>> = {
  INTEGER: ColumnTypeEnum.Int32,
  BIGINT: ColumnTypeEnum.Int64,
  REAL: ColumnTypeEnum.Double,
  DECIMAL: ColumnTypeEnum.Numeric,
  BOOLEAN: ColumnTypeEnum.Boolean,
  DATETIME: ColumnTypeEnum.DateTime,
  TEXT: ColumnTypeEnum.Text,
  JSONB: ColumnTypeEnum.Json,
  BLOB: ColumnTypeEnum.Bytes,
};

/** @throws Error for a type that no migration may declare */
export function columnType(declared: string): ColumnType {
  const type = DECLARED[declared.toUpperCase()];
  if (type === undefined)
    throw new Error(`A column is declared ${declared}, expected ${Object.keys(DECLARED).join(', ')}`);
  return type;
}

/** Of what is computed: SQLite declares no type for it. */
export function columnTypeOf(value: SQLOutputValue): ColumnType {
  if (typeof value === 'string') return ColumnTypeEnum.Text;
  if (typeof value === 'number') return ColumnTypeEnum.UnknownNumber;
  if (typeof value === 'bigint') return ColumnTypeEnum.Int64;
  return value === null ? ColumnTypeEnum.Int32 : ColumnTypeEnum.Bytes;
}
