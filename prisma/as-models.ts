import { type ColumnType, ColumnTypeEnum, type SqlResultSet } from '@prisma/driver-adapter-utils';

/**
 * Rows as Prisma hands them over, with all columns, also those that come later.
 * @param instant reads an instant as it stands in its column
 */
export const asModels = (
  { columnNames, columnTypes, rows }: SqlResultSet,
  instant: (text: string) => Date | string,
): Record<string, unknown>[] =>
  rows.map((row) => {
    const model: Record<string, unknown> = {};
    for (const [index, name] of columnNames.entries())
      model[name] = asValue(row[index], columnTypes[index], instant);
    return model;
  });

function asValue(
  value: unknown,
  type: ColumnType | undefined,
  instant: (text: string) => Date | string,
): unknown {
  if (type === ColumnTypeEnum.Boolean && value !== null) return Boolean(value);
  if (typeof value !== 'string') return value;
  if (type === ColumnTypeEnum.DateTime) return instant(value);
  return type === ColumnTypeEnum.Json ? JSON.parse(value) : value;
}
