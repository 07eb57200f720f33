import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type BackupState, backupState, keepBackupState } from '../../ledger/backup/backup-state.ts';
import type { MakeBackup } from '../../ledger/backup/in-own-process.ts';
import { DiskFull } from '../../ledger/backup/write-whole.ts';
import type { Calendar } from '../../ledger/calendar.ts';
import type { Content } from '../../ledger/message.ts';
import type { Rows, Store } from '../../ledger/store.ts';
import { failed, overdue } from './backup-trouble.ts';
import { backupName, fromTheFuture, superseded } from './kept-backups.ts';

/** What happens by itself and is no transaction on the record: it is looked after beside the jobs, and keeps none of them waiting. */
export interface Beside {
  /** Begins what is due, unless it is under way. */
  look(now: Date): void;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
  /** Ends what is under way, as if it had not begun. */
  stop(): Promise<void>;
}

export interface BackupWorld {
  store: Store;
  make: MakeBackup;
  /** Tells the administrators, inside the caller's transaction; of one key once. */
  tell(rows: Rows, told: { key: string; content: Content; at: Date }): Promise<number>;
  /** There is something to deliver. */
  recorded(): void;
  log: Logger;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What failed is tried again after so long. */
const AGAIN_MS = HOUR_MS;
/** A disk that answers no more keeps it no longer than this. */
const LONGEST_MS = 6 * HOUR_MS;
/** Days without a backup after which the administrators are told, whatever the cause. */
const OVERDUE_DAYS = 3;

/** A backup each day at the time that the rules name, also for a day whose time was missed, and those before it as the rules keep them. */
export function scheduledBackups(world: BackupWorld): Beside {
  const { backup } = world.store.rules;
  let ending = new AbortController();
  let running: Promise<void> | undefined;
  return {
    look(now) {
      if (backup.folder === undefined || running) return;
      running = lookAfter(world, backup.folder, now, ending.signal)
        .catch((fault) => world.log.error({ err: fault }, 'backups could not be looked after'))
        .finally(() => {
          running = undefined;
        });
    },
    async idle() {
      await running;
    },
    async stop() {
      ending.abort();
      await running;
      // Where several instances serve one record, it may lead again.
      ending = new AbortController();
    },
  };
}

async function lookAfter(world: BackupWorld, folder: string, now: Date, ended: AbortSignal): Promise<void> {
  const { database, calendar, rules } = world.store;
  let state = await backupState(database.rows);
  if (!state.sinceAt) state = await database.write((rows) => keepBackupState(rows, { sinceAt: now }));
  const on = lastDue(calendar, rules.backup.at, now);
  if (state.doneOn !== on && mayTry(state, now)) await makeOne(world, { folder, on, now, ended });
}

/** The last day whose time is past. */
function lastDue(calendar: Calendar, time: string, now: Date): string {
  const today = calendar.dateOf(now);
  return calendar.instantOf(today, time) <= now ? today : calendar.addDays(today, -1);
}

/** A clock that went back may not make it wait for the hour to come again. */
const mayTry = ({ failedAt }: BackupState, now: Date): boolean =>
  !failedAt || now < failedAt || now.getTime() - failedAt.getTime() >= AGAIN_MS;

interface Due {
  folder: string;
  on: string;
  now: Date;
  ended: AbortSignal;
}

async function makeOne(world: BackupWorld, { folder, on, now, ended }: Due): Promise<void> {
  const { store, log } = world;
  const file = join(folder, backupName(store.calendar, now));
  try {
    const { bytes, keyId } = await world.make(
      file,
      AbortSignal.any([ended, AbortSignal.timeout(LONGEST_MS)]),
    );
    log.info({ file, bytes, key: keyId }, 'a backup was made');
    const last = { at: now, bytes };
    await store.database.write((rows) => keepBackupState(rows, { last, doneOn: on, failedAt: undefined }));
    await removeSuperseded(world, folder, now).catch((fault) =>
      log.error({ err: fault, folder }, 'old backups could not be removed'),
    );
  } catch (fault) {
    if (ended.aborted) return;
    log.error({ err: fault, file }, 'a backup failed');
    await tellFailed(world, now, fault instanceof DiskFull ? 'full' : 'other');
  }
}

/** Only once a new one is there: it stays whatever the rules say. */
async function removeSuperseded({ store, log }: BackupWorld, folder: string, now: Date): Promise<void> {
  const { calendar, rules } = store;
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  const ahead = fromTheFuture(names, calendar, now);
  if (ahead.length > 0)
    log.warn({ files: ahead }, 'no old backups are removed: some are dated later than the clock shows');
  for (const name of superseded(names, rules.backup, calendar, now)) {
    await rm(join(folder, name));
    log.info({ file: name }, 'an old backup was removed');
  }
}

async function tellFailed(world: BackupWorld, now: Date, why: 'full' | 'other'): Promise<void> {
  const { store } = world;
  const { calendar } = store;
  const told = await store.database.write(async (rows) => {
    const state = await keepBackupState(rows, { failedAt: now });
    const since = sinceOf(state, now);
    const told = await world.tell(rows, {
      key: `backup-failed:${since.toISOString()}`,
      content: failed(calendar, why, state.last?.at),
      at: now,
    });
    const days = Math.floor((now.getTime() - since.getTime()) / DAY_MS);
    if (days < OVERDUE_DAYS) return told;
    const content = overdue(calendar, days, state.last?.at);
    const key = `backup-overdue:${since.toISOString()}`;
    return told + (await world.tell(rows, { key, content, at: now }));
  });
  if (told > 0) world.recorded();
}

/** From one that succeeded to the next: of one such stretch each thing is told once. */
const sinceOf = ({ last, sinceAt }: BackupState, now: Date): Date => last?.at ?? sinceAt ?? now;
