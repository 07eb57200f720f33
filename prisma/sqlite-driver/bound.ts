import type { SQLInputValue } from 'node:sqlite';
import type { ArgType, SqlQuery } from '@prisma/driver-adapter-utils';

/** What a query is asked with, as SQLite takes it. Instants are kept as text, such as 2026-11-22T08:00:00.000+00:00. */
export const bound = ({ args, argTypes }: SqlQuery): SQLInputValue[] =>
  args.map((value, index) => asInput(value, argTypes[index]?.scalarType));

function asInput(value: unknown, type: ArgType['scalarType'] | undefined): SQLInputValue {
  if (typeof value === 'string') return textAs(value, type);
  // Left as they are, whole numbers would be bound as fractions.
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value === null || typeof value === 'bigint' || value instanceof Uint8Array) return value;
  if (value instanceof Date) return instant(value);
  throw new TypeError(`SQLite takes no ${typeof value}`);
}

function textAs(text: string, type: ArgType['scalarType'] | undefined): SQLInputValue {
  if (type === 'datetime') return instant(new Date(text));
  if (type === 'bytes') return Buffer.from(text, 'base64');
  if (type === 'bigint') return BigInt(text);
  if (type === 'decimal') return Number.parseFloat(text);
  return text;
}

const instant = (date: Date): string => date.toISOString().replace('Z', '+00:00');
