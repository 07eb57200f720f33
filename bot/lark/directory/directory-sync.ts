import type { Logger } from 'pino';
import { Refusal } from '../../../ledger/refusal.ts';
import type { DirectorySync } from '../../../ledger/roster/sync-directory.ts';
import type { Store } from '../../../ledger/store.ts';
import { SendFailure } from '../../platform.ts';
import type { DirectoryChange } from '../receiving/lark-events.ts';
import { Abandoned, abandonable } from './abandonable-api.ts';
import { openAttempts } from './attempts.ts';
import { lastSync, noteChange } from './noted-changes.ts';
import type { DirectoryApi } from './read-pages.ts';
import { takeOverEverything, takeOverNoted } from './take-over.ts';
import { openWakeTimer } from './wake-timer.ts';

/** Keeps the record in line with the platform's directory. */
export interface DirectorySyncing {
  /** Resolves once it is noted durably; it is taken over a little later, with what comes meanwhile. */
  changed(change: DirectoryChange): Promise<void>;
  /** Takes over what is noted. @throws whatever reading fails with; the record is then as it was */
  run(): Promise<void>;
  /** Reads everybody. @throws as `run` */
  full(): Promise<DirectorySync>;
  /** From now on by itself: everybody at once and then once a day, and what is noted. */
  start(): void;
  /** Resolves once nothing more is written; what is being read is left. */
  stop(): Promise<void>;
  /** Why the last attempt failed, in English, without names. */
  problem(): string | undefined;
}

export interface DirectorySyncOptions {
  store: Store;
  api: DirectoryApi;
  now: () => Date;
  log: Logger;
  platform: string;
  /** For how long changes are gathered. */
  settleMs: number;
  /** Called after something was taken over: people may have to be told. */
  recorded?: () => void;
  /** The first pause after a failure; it doubles with each that follows, up to an hour. */
  retryMs?: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export function openDirectorySync(options: DirectorySyncOptions): DirectorySyncing {
  const { store, api, now, log, platform, settleMs, recorded, retryMs = 30_000 } = options;
  const reading = abandonable(api);
  const house = { store, platform, now, api: reading };
  const { inOrder, failures, problem, settled } = openAttempts();
  let attempting: Promise<void> = Promise.resolve();
  let isStarted = false;
  let isBackingOff = false;

  // What the app may read can have changed while the service was down.
  let isReadSinceStart = false;
  const full = () =>
    inOrder(async () => {
      const result = logged(log, await takeOverEverything(house));
      isReadSinceStart = true;
      recorded?.();
      return result;
    });
  const run = () =>
    inOrder(async () => {
      const result = await takeOverNoted(house);
      if (!result) return;
      logged(log, result);
      recorded?.();
    });
  const fullIsDueInMs = async () => {
    if (!isReadSinceStart) return 0;
    const last = await lastSync(store.database.rows, platform);
    return last ? last.at.getTime() + DAY_MS - now().getTime() : 0;
  };
  const attempt = async () => {
    try {
      await ((await fullIsDueInMs()) <= 0 ? full() : run());
      // The clock may be moved meanwhile, so no sleep is long.
      timer.within(Math.min(await fullIsDueInMs(), HOUR_MS));
      isBackingOff = false;
    } catch (fault) {
      if (fault instanceof Abandoned) return;
      report(log, fault);
      isBackingOff = true;
      const pauseMs = Math.min(retryMs * 2 ** (failures() - 1), HOUR_MS);
      const waitMs = fault instanceof SendFailure ? (fault.waitMs ?? 0) : 0;
      timer.within(Math.max(pauseMs, waitMs));
    }
  };
  const timer = openWakeTimer(() => {
    attempting = attempt();
  });

  return {
    async changed(change) {
      await noteChange(store, platform, change);
      // After a failure it comes along with the next attempt.
      if (isStarted && !isBackingOff) timer.within(settleMs);
    },
    run,
    full,
    start() {
      isStarted = true;
      timer.within(0);
    },
    async stop() {
      timer.end();
      reading.abandon();
      await attempting;
      await settled();
    },
    problem,
  };
}

function report(log: Logger, fault: unknown): void {
  if (fault instanceof Refusal || fault instanceof SendFailure) {
    log.warn({ reason: fault.message }, 'the directory was not taken over');
  } else log.error({ err: fault }, 'the directory was not taken over');
}

function logged(log: Logger, result: DirectorySync): DirectorySync {
  const { unchanged, conflicts, ...lists } = result;
  const counts = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length]));
  log.info({ ...counts, unchanged }, 'the directory was taken over');
  if (conflicts.length > 0) {
    log.warn(
      { conflicts: conflicts.length },
      'the directory leaves something to be cleared up: see doctor --names',
    );
  }
  return result;
}
