import { pino } from 'pino';
import { jobs } from '../../jobs/index.ts';
import { scheduler } from '../../jobs/scheduler.ts';
import type { Ticking } from '../../jobs/ticking.ts';
import type { Store } from '../../ledger/store.ts';
import type { Jump } from './remarks.ts';

const HOUR_MS = 3_600_000;

/** What is done at each time for which something is due while the service is up, and at the end of each jump. */
interface Meanwhile {
  due?: (at: Date) => Promise<void>;
  after?: (now: Date, catchUp: () => Promise<unknown>) => Promise<void>;
}

/** Nobody calls: the clock is in the story's hands. */
export const silent: Ticking = { start: async () => undefined, stop: async () => undefined };

/** The clock goes on by itself while the service is up, or nobody looks while it is down. */
export async function liveThrough(
  store: Store,
  began: Date,
  story: readonly Jump[],
  { due, after }: Meanwhile = {},
): Promise<void> {
  let now = began;
  const log = pino({ level: 'silent' });
  const open = () => scheduler({ store, now: () => now, log }, jobs, () => undefined, silent);
  let timetable = open();
  await timetable.askAll();
  for (const { hours, isDown } of story) {
    const to = new Date(now.getTime() + hours * HOUR_MS);
    if (isDown) {
      await timetable.stop();
      now = to;
      timetable = open();
      await timetable.askAll();
    } else {
      await timetable.catchUp(to, due);
      now = to;
    }
    await after?.(now, () => timetable.catchUp(now));
  }
  await timetable.stop();
}
