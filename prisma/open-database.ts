import { actsAtEnd } from './at-end.ts';
import type { Database, StoredRows } from './database.ts';
import { knowsIfWritable } from './knows-if-writable.ts';
import { tellsWhenKept } from './tells-when-kept.ts';

/**
 * Opens the database at `url` (`file:…`, `postgresql://…`), migrating it as needed. On SQLite, where there is none it is made,
 * unless it must exist.
 * @throws Error in English, for the operator, when the URL is of another kind or the database cannot be used
 */
export async function openDatabase(url: string, options: { mustExist?: boolean } = {}): Promise<Database> {
  // Whoever stores in one kind need not load what speaks with the other.
  if (isSqlite(url)) return complete(await (await import('./sqlite-database.ts')).openSqlite(url, options));
  if (isPostgresql(url))
    return complete(await (await import('./postgresql-database.ts')).openPostgresql(url));
  throw new Error(
    `DATABASE_URL is ${schemeOf(url)}: expected file:<path> or postgresql://<user>:<password>@<host>/<database>`,
  );
}

const complete = (database: StoredRows): Database => actsAtEnd(tellsWhenKept(knowsIfWritable(database)));

export const isSqlite = (url: string): boolean => url.startsWith('file:');
export const isPostgresql = (url: string): boolean => /^postgres(?:ql)?:\/\//.test(url);

/** Behind it there may be a password. */
const schemeOf = (url: string) => `${url.split(':', 1)[0]}:…`;
