import * as z from 'zod';
import type { Rows } from '../../prisma/database.ts';

/** What the record itself knows of its backups. */
export interface BackupState {
  /** Since when they are looked after. */
  sinceAt?: Date | undefined;
  /** The last that was made, of whatever cause: the moment that it shows, and how long its file is. */
  last?: { at: Date; bytes: number } | undefined;
  /** The day for which the last by itself was made. */
  doneOn?: string | undefined;
  /** When the last try failed; absent once one succeeded. */
  failedAt?: Date | undefined;
}

const NAME = 'backup';

const instant = z.iso.datetime().transform((text) => new Date(text));
const stateSchema = z.object({
  sinceAt: instant.optional(),
  last: z.object({ at: instant, bytes: z.number() }).optional(),
  doneOn: z.string().optional(),
  failedAt: instant.optional(),
});

/** One row by its key: it may be asked for as often as one likes. */
export async function backupState(rows: Rows): Promise<BackupState> {
  const row = await rows.meta.findUnique({ where: { name: NAME } });
  return row ? stateSchema.parse(JSON.parse(row.value)) : {};
}

/** Keeps what is new beside what was known, inside the caller's transaction. */
export async function keepBackupState(rows: Rows, change: BackupState): Promise<BackupState> {
  const state = { ...(await backupState(rows)), ...change };
  const value = JSON.stringify(state);
  await rows.meta.upsert({ where: { name: NAME }, create: { name: NAME, value }, update: { value } });
  return state;
}
