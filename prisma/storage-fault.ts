import { adapterCause } from './adapter-cause.ts';

/** SQLite's results for what passes when there is room, the disk can be written, or another process lets go. */
const SQLITE_PASSING: readonly number[] = [5, 6, 8, 10, 13, 14];
/** A disk error, but in reading what is there: that does not pass, and whoever met it must not wait for it. */
const SQLITE_UNREADABLE: readonly number[] = [266, 522, 8202];
/** PostgreSQL: the connection, resources, a server that stops or only reads, its disk. */
const POSTGRESQL_PASSING = /^(?:08\w{3}|53\w{3}|57P0[123]|25006|58030)$/;
/** Prisma: the server is not reached, too slow, gone, or takes no more connections; another process holds the file. */
const PRISMA_PASSING = /^P(?:1001|1002|1008|1017|2037)$/;
const KINDS_PASSING = [
  'SocketTimeout',
  'ConnectionClosed',
  'DatabaseNotReachable',
  'TooManyConnections',
  'TlsConnectionError',
];
const NETWORK_PASSING = /^E(?:CONNREFUSED|CONNRESET|TIMEDOUT|PIPE|HOSTUNREACH|NOTFOUND|AI_AGAIN)$/;

/**
 * Whether nothing can be stored now whatever it is (a full or read-only disk, a file that another holds, a server that
 * is away), so that the same may be tried again later and says nothing against what was to be stored.
 */
export function isStorageFault(fault: unknown): boolean {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  if (PRISMA_PASSING.test(code) || NETWORK_PASSING.test(code)) return true;
  const { kind, originalCode } = adapterCause(fault) ?? {};
  if (KINDS_PASSING.includes(String(kind))) return true;
  const result = Number(originalCode);
  if (kind === 'sqlite' && SQLITE_PASSING.includes(result % 256)) return !SQLITE_UNREADABLE.includes(result);
  return typeof originalCode === 'string' && POSTGRESQL_PASSING.test(originalCode);
}
