import { pino } from 'pino';
import { expect, it } from 'vitest';
import { keepTime } from '../../bot/keep-time.ts';
import type { Job } from '../../jobs/define.ts';
import { scheduler } from '../../jobs/scheduler.ts';
import type { Ticking } from '../../jobs/ticking.ts';
import { claim, roomFor } from '../../ledger/claim-messages.ts';
import { pullToPresent } from '../../ledger/clock-went-back.ts';
import { text } from '../../ledger/message.ts';
import { enqueue } from '../../ledger/outbox.ts';
import type { Store } from '../../ledger/store.ts';
import { freshRecord } from '../fresh-record.ts';

const NOW = new Date('2026-11-23T01:00:00Z');
const HOUR_MS = 3_600_000;
const AHEAD = later(72 * HOUR_MS);
const log = pino({ level: 'silent' });

function later(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

/** Somebody is answered, and something is put in line that is to wait for an hour. */
async function putInLine(store: Store, at: Date): Promise<void> {
  const address = { platform: 'local', externalId: 'a', isGroup: false };
  const said = { personId: 'a', content: text('示例'), address };
  await store.database.write(async (rows) => {
    await enqueue(store, rows, at, { ...said, key: 'answer', notBefore: at });
    await enqueue(store, rows, at, { ...said, key: 'held', notBefore: new Date(at.getTime() + HOUR_MS) });
  });
}

const dueAt = async (store: Store, at: Date) =>
  (await claim(store, { lane: 'answers', now: at, room: roomFor(10) })).rows.map(({ key }) => key);

it('what was put in line while the clock was ahead goes out once it is right, and what had to wait waits as long', async () => {
  const { store } = await freshRecord(NOW);
  await putInLine(store, AHEAD);
  expect(await dueAt(store, later(1000))).toEqual([]);
  expect(await pullToPresent(store, NOW)).toBe(2);
  expect(await dueAt(store, later(1000))).toEqual(['answer']);
  await store.database.write(({ outbox }) =>
    outbox.updateMany({ where: { key: 'answer' }, data: { state: 'sent' } }),
  );
  expect(await dueAt(store, later(HOUR_MS - 1000))).toEqual([]);
  expect(await dueAt(store, later(HOUR_MS + 1000))).toEqual(['held']);
});

it('what somebody took while the clock was ahead is free after a lease, and what failed is tried again', async () => {
  const { store } = await freshRecord(NOW);
  const { leaseSeconds } = store.rules.delivery;
  await putInLine(store, later(-HOUR_MS));
  expect(await dueAt(store, AHEAD)).toEqual(['answer', 'held']);
  await store.database.write(({ outbox }) =>
    outbox.updateMany({ where: { key: 'held' }, data: { leaseUntil: null, notBefore: AHEAD } }),
  );
  await pullToPresent(store, NOW);
  expect(await dueAt(store, later(1000))).toEqual(['held']);
  expect(await dueAt(store, later((leaseSeconds + 1) * 1000))).toContain('answer');
});

it('leaves alone what was put in line in its time', async () => {
  const { store } = await freshRecord(NOW);
  await putInLine(store, later(-1000));
  expect(await pullToPresent(store, NOW)).toBe(0);
});

it('is noticed when it happens, told once, and at the start', async () => {
  const { store } = await freshRecord(NOW);
  await store.database.lead.follow(async () => undefined);
  await putInLine(store, AHEAD);
  let [now, told] = [AHEAD, 0];
  const clock = keepTime({ store, now: () => now, log }, async () => {
    told += 1;
  });
  await clock.run();
  now = NOW;
  await clock.run();
  await clock.run();
  await clock.stop();
  expect({ done: clock.done, told }).toEqual({ done: 2, told: 1 });
  await putInLine(store, AHEAD);
  const afterRestart = keepTime({ store, now: () => now, log }, async () => undefined);
  await afterRestart.run();
  await afterRestart.stop();
  expect(afterRestart.done).toBe(0);
});

it('what was still being put in line when the clock went back goes out as well', async () => {
  const { store } = await freshRecord(NOW);
  await store.database.lead.follow(async () => undefined);
  let now = AHEAD;
  const ended = Promise.withResolvers<void>();
  const clock = keepTime({ store, now: () => now, log }, () => ended.promise);
  await clock.run();
  now = NOW;
  await clock.run();
  await putInLine(store, AHEAD);
  await clock.run();
  expect(clock.done).toBe(0);
  ended.resolve();
  await ended.promise;
  await clock.run();
  await clock.stop();
  expect(clock.done).toBe(2);
});

/** A minute that is told by hand. */
function tickingByHand(): Ticking & { tick(): Promise<unknown>; anew: number } {
  let call: () => Promise<unknown> = async () => undefined;
  return {
    anew: 0,
    async start(tick) {
      call = tick;
    },
    async setAnew() {
      this.anew += 1;
    },
    stop: async () => undefined,
    tick: () => call(),
  };
}

/** A job at 09:30, Beijing. @returns when it was asked */
function jobThatNotes(fails: () => unknown): Job & { asked: Date[] } {
  const asked: Date[] = [];
  return {
    asked,
    name: 'notes',
    at: () => '09:30',
    async run({ at }) {
      const fault = fails();
      if (fault) throw fault;
      asked.push(at);
    },
  };
}

it('jobs are asked again from the time that the clock went back to', async () => {
  const { store } = await freshRecord(NOW);
  let now = AHEAD;
  const [job, ticking] = [jobThatNotes(() => undefined), tickingByHand()];
  const timetable = scheduler({ store, now: () => now, log }, [job], () => undefined, ticking);
  await timetable.start();
  now = NOW;
  await timetable.setAnew();
  expect(ticking.anew).toBe(1);
  now = later(HOUR_MS);
  await ticking.tick();
  await timetable.stop();
  expect(job.asked).toEqual([later(HOUR_MS / 2)]);
});

it('jobs of days that lie ahead again are not asked by a tick that had begun before the clock went back', async () => {
  const { store } = await freshRecord(NOW);
  let now = NOW;
  const ticking = tickingByHand();
  const job = jobThatNotes(() => {
    // It takes its time, and meanwhile the clock is put right.
    if (now === AHEAD) now = later(HOUR_MS);
    return undefined;
  });
  const timetable = scheduler({ store, now: () => now, log }, [job], () => undefined, ticking);
  await timetable.start();
  now = AHEAD;
  await ticking.tick();
  await timetable.setAnew();
  expect(job.asked).toEqual([later(HOUR_MS / 2)]);
  now = later(25 * HOUR_MS);
  await ticking.tick();
  await timetable.stop();
  expect(job.asked).toEqual([later(HOUR_MS / 2), later(24.5 * HOUR_MS)]);
});

it('a job whose words could not be stored is asked again at the next tick, and one that has a fault of its own is not', async () => {
  const { store } = await freshRecord(NOW);
  const faults: unknown[] = [Object.assign(new Error('away'), { code: 'P1001' }), new Error('wrong')];
  let now = NOW;
  const [job, ticking] = [jobThatNotes(() => faults.shift()), tickingByHand()];
  const timetable = scheduler({ store, now: () => now, log }, [job], () => undefined, ticking);
  await timetable.start();
  for (const minutes of [31, 32, 33, 34]) {
    now = later(minutes * 60_000);
    await ticking.tick();
  }
  expect(job.asked).toEqual([]);
  now = later(24 * HOUR_MS + 31 * 60_000);
  await ticking.tick();
  await timetable.stop();
  expect(job.asked).toEqual([later(24.5 * HOUR_MS)]);
});
