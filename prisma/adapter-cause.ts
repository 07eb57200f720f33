/** What a driver adapter said, in a fault of Prisma's: of a statement it stands in its meta, of a transaction in its cause. */
export function adapterCause(fault: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isObject(fault)) return undefined;
  if (isObject(fault.cause)) return fault.cause;
  const adapter = isObject(fault.meta) ? fault.meta.driverAdapterError : undefined;
  return isObject(adapter) && isObject(adapter.cause) ? adapter.cause : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
