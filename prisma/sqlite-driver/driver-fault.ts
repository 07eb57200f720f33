import { DriverAdapterError, type MappedError } from '@prisma/driver-adapter-utils';

/** Extended result codes: https://www.sqlite.org/rescode.html */
const [PRIMARY_KEY, UNIQUE, ROW_ID, NOT_NULL, FOREIGN_KEY] = [1555, 2067, 2579, 1299, 787];
const BUSY = 5;

/** What SQLite refused, as Prisma tells it on; anything else stays what it is. */
export function driverFault(fault: unknown): unknown {
  if (!(fault instanceof Error) || !('errcode' in fault) || typeof fault.errcode !== 'number') return fault;
  const { message, errcode } = fault;
  return new DriverAdapterError({
    originalCode: String(errcode),
    originalMessage: message,
    ...mapped(errcode, message),
  });
}

function mapped(code: number, message: string): MappedError {
  if ([PRIMARY_KEY, UNIQUE, ROW_ID].includes(code))
    return { kind: 'UniqueConstraintViolation', constraint: { fields: fieldsIn(message) } };
  if (code === NOT_NULL)
    return { kind: 'NullConstraintViolation', constraint: { fields: fieldsIn(message) } };
  if (code === FOREIGN_KEY) return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } };
  // Another process holds the file.
  if ((code & 0xff) === BUSY) return { kind: 'SocketTimeout' };
  return { kind: 'sqlite', extendedCode: code, message };
}

/** `UNIQUE constraint failed: Entry.ledger, Entry.ref` names ledger and ref. */
const fieldsIn = (message: string): string[] =>
  (message.split('constraint failed: ')[1] ?? '')
    .split(', ')
    .map((field) => field.slice(field.indexOf('.') + 1));
