import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits, type Limits } from '../../bot/lark/calls/limits.ts';
import type { Place } from '../../bot/lark/calls/line.ts';
import { Pace } from '../../bot/lark/calls/pace.ts';
import { Receivers } from '../../bot/lark/calls/receivers.ts';
import { SendFailure } from '../../bot/platform.ts';
import { SimulatedTime } from './calls-simulated-time.ts';

interface Arrival {
  atMs: number;
  api: string;
  receiver: number;
  urgent: boolean;
  /** Whether it is given back where the wait is long. */
  returnable: boolean;
  durationMs: number;
  /** At which part of its duration the platform counts it. */
  countedAt: number;
}

const arrivals = fc.array(
  fc.record<Arrival>({
    atMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
    api: fc.constantFrom('send', 'patch'),
    receiver: fc.integer({ min: 0, max: 6 }),
    urgent: fc.boolean(),
    returnable: fc.boolean(),
    durationMs: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 3000 })),
    countedAt: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 150 },
);

const limits = fc.record<Limits>({
  ...(Object.fromEntries(
    Object.entries(defaultLimits).map(([name, value]) => [name, fc.constant(value)]),
  ) as unknown as { [Name in keyof Limits]: fc.Arbitrary<number> }),
  perSecond: fc.integer({ min: 1, max: 60 }),
  perMinute: fc.integer({ min: 5, max: 100 }),
  perPerson: fc.integer({ min: 1, max: 5 }),
});

interface Counted {
  what: string;
  at: number;
}

/** Lets all arrive, those that are given back come again when they are told to. @returns what the platform counted, when */
async function play(given: Limits, all: readonly Arrival[]): Promise<{ counted: Counted[]; done: number }> {
  const time = new SimulatedTime();
  const pace = new Pace(given, time);
  const counted: Counted[] = [];
  let done = 0;
  const one = async (arrival: Arrival, index: number) => {
    await time.wait(arrival.atMs);
    const place = placeOf(arrival, index);
    for (;;) {
      try {
        await pace.run(place, async () => {
          const at = time.now() + arrival.durationMs * arrival.countedAt;
          counted.push({ what: place.api, at }, { what: `${place.api} ${place.receiver?.id}`, at });
          await time.wait(arrival.durationMs);
        });
        done += 1;
        return;
      } catch (fault) {
        if (!(fault instanceof SendFailure) || fault.waitMs === undefined) throw fault;
        await time.wait(fault.waitMs);
      }
    }
  };
  const playing = Promise.all(all.map(one));
  await time.run();
  await Promise.race([playing, Promise.reject(new Error('somebody waits for ever'))]);
  return { counted, done };
}

const placeOf = ({ api, receiver, urgent, returnable }: Arrival, index: number): Place => ({
  api,
  receiver: { kind: 'person', id: String(receiver) },
  urgent,
  ...(returnable ? { key: String(index) } : {}),
});

/** The most that were counted within any window of that length. */
function most(times: readonly number[], lengthMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let highest = 0;
  let first = 0;
  for (const [last, at] of sorted.entries()) {
    while ((sorted[first] ?? at) < at - lengthMs) first += 1;
    highest = Math.max(highest, last - first + 1);
  }
  return highest;
}

describe('the pace of calls', () => {
  it('never exceeds a limit in any window, whenever the platform counts a call, and lets everybody through', async () => {
    await fc.assert(
      fc.asyncProperty(limits, arrivals, async (given, all) => {
        const { counted, done } = await play(given, all);
        expect(done).toBe(all.length);
        for (const [what, group] of Map.groupBy(counted, (one) => one.what)) {
          const times = group.map(({ at }) => at);
          if (what.includes(' ')) expect(most(times, 1000)).toBeLessThanOrEqual(given.perPerson);
          else {
            expect(most(times, 1000)).toBeLessThanOrEqual(given.perSecond);
            expect(most(times, 60_000)).toBeLessThanOrEqual(given.perMinute);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('uses at least 95 % of 50 calls in a second', async () => {
    const given = { ...defaultLimits, perMinute: 100_000 };
    const all = Array.from({ length: 2000 }, (_, index) => ({ ...digest(index), durationMs: 10 }));
    const { counted } = await play(given, all);
    expect(secondsOf(counted)).toBeLessThan(2000 / 50 / 0.95);
  });

  it('uses at least 95 % of 1000 calls in a minute with notices alone, and all of them with answers', async () => {
    const all = Array.from({ length: 4800 }, (_, index) => digest(index));
    const { counted } = await play(defaultLimits, all);
    // Four whole minutes, and then as long as the last minute's share takes at 50 in a second.
    expect(secondsOf(counted)).toBeLessThan((240 + 960 / 50) * 1.01);
    const urgent = Array.from({ length: 40 }, (_, index) => ({
      ...digest(index),
      urgent: true,
      atMs: 30_000,
    }));
    const mixed = await play(defaultLimits, [...all.slice(0, 1500), ...urgent]);
    const times = mixed.counted.filter(({ what }) => what === 'send').map(({ at }) => at);
    expect(most(times, 60_000)).toBe(1000);
  });

  it('lets an answer overtake two thousand notices, and gives back the notices that would wait too long', async () => {
    const time = new SimulatedTime();
    const pace = new Pace(defaultLimits, time);
    const started: string[] = [];
    const returned: number[] = [];
    const call = (name: string, urgent: boolean) =>
      pace
        .run({ api: 'send', receiver: { kind: 'person', id: name }, urgent, key: name }, async () => {
          started.push(name);
          await time.wait(20);
        })
        .catch((fault: SendFailure) => returned.push(fault.waitMs ?? 0));
    const notices = Array.from({ length: 2000 }, (_, index) => call(`notice ${index}`, false));
    const answers = Array.from({ length: 3 }, (_, index) => call(`answer ${index}`, true));
    const playing = time.run();
    await Promise.all([playing, ...notices, ...answers]);
    expect(started.slice(0, 49).every((name) => name.startsWith('notice'))).toBe(true);
    expect(started.slice(49, 52)).toEqual(['answer 0', 'answer 1', 'answer 2']);
    expect(returned.length + started.length).toBe(2003);
    expect(Math.min(...returned)).toBeGreaterThan(defaultLimits.maxWaitMs);
    // Each comes again at a turn of its own: never more within a second than can be sent in one.
    expect(most(returned, 1000)).toBeLessThanOrEqual(98);
  });

  it('lets a notice through now and then, however many answers there are', async () => {
    const time = new SimulatedTime();
    const pace = new Pace({ ...defaultLimits, perSecond: 10 }, time);
    const started: string[] = [];
    const call = (urgent: boolean) =>
      pace.run({ api: 'send', urgent }, async () => {
        started.push(urgent ? 'answer' : 'notice');
        await time.wait(5);
      });
    const all = [
      ...Array.from({ length: 10 }, () => call(false)),
      ...Array.from({ length: 10 }, () => call(false)),
    ];
    all.push(...Array.from({ length: 200 }, () => call(true)));
    await time.run();
    await Promise.all(all);
    const afterwards = started.slice(10, 110);
    expect(afterwards.filter((what) => what === 'notice')).toHaveLength(10);
  });

  it('holds nobody else up by a receiver that is not free', async () => {
    const time = new SimulatedTime();
    const pace = new Pace(defaultLimits, time);
    const endedAt = new Map<string, number>();
    const begunAt = time.now();
    const call = (id: string, index: number) =>
      pace.run(
        { api: 'send', receiver: { kind: 'group', id }, urgent: false, key: `${id}${index}` },
        async () => {
          await time.wait(5);
          endedAt.set(id, time.now() - begunAt);
        },
      );
    const all = [...Array.from({ length: 12 }, (_, index) => call('busy', index)), call('other', 0)];
    await time.run();
    await Promise.all(all);
    expect(endedAt.get('other')).toBeLessThan(10);
    expect(endedAt.get('busy')).toBeGreaterThan(2000);
    expect(endedAt.get('busy')).toBeLessThan(2200);
  });

  it('keeps no place for long for a message that does not come again', async () => {
    const time = new SimulatedTime();
    const pace = new Pace({ ...defaultLimits, perSecond: 1, perMinute: 60 }, time);
    const run = (key: string) =>
      pace
        .run({ api: 'send', urgent: false, key }, async () => 'done')
        .catch(({ waitMs }: SendFailure) => waitMs);
    const all = Array.from({ length: 20 }, (_, index) => run(`message ${index}`));
    await time.run();
    const waits = (await Promise.all(all)).filter((waitMs) => typeof waitMs === 'number');
    expect(waits.length).toBeGreaterThan(10);
    const longest = Math.max(...waits);
    time.after(2000, () => all.push(run('soon')));
    time.after(longest + 6000, () => all.push(run('later')));
    await time.run();
    expect(await Promise.all(all.slice(20))).toEqual([expect.any(Number), 'done']);
  });

  it('gives an answer the first place that is free, also where a notice waits for a later one', async () => {
    const time = new SimulatedTime();
    const pace = new Pace(defaultLimits, time);
    const begunAt = time.now();
    const at: Record<string, number> = {};
    const call = (name: string, urgent: boolean, durationMs: number) =>
      pace.run({ api: 'send', urgent }, async () => {
        at[name] = time.now() - begunAt;
        await time.wait(durationMs);
      });
    const all = Array.from({ length: 49 }, (_, index) => call(`first ${index}`, false, 10 * index + 10));
    all.push(call('last', true, 900));
    time.after(600, () => all.push(call('notice', false, 1)));
    time.after(700, () => all.push(call('answer', true, 1)));
    await time.run();
    await Promise.all(all);
    expect([at.answer, at.notice]).toEqual([1015, 1035]);
  });

  it('knows a receiver while a call to him waits, however many others come meanwhile', async () => {
    const time = new SimulatedTime();
    const pace = new Pace({ ...defaultLimits, perSecond: 20, perMinute: 100_000 }, time);
    const times: number[] = [];
    const call = (id: string, urgent: boolean) =>
      pace.run({ api: 'send', receiver: { kind: 'person', id }, urgent }, async () => {
        if (id === 'one') times.push(time.now());
      });
    const all = Array.from({ length: 20 }, (_, index) => call(`first ${index}`, false));
    for (let index = 0; index < 5; index += 1) all.push(call('one', false));
    for (let index = 0; index < 1200; index += 1) all.push(call(`other ${index}`, false));
    for (let index = 0; index < 5; index += 1) all.push(call('one', true));
    await time.run();
    await Promise.all(all);
    expect(times).toHaveLength(10);
    expect(most(times, 1000)).toBe(5);
  });

  it('forgets receivers of whom nothing needs to be known, and none who took something just now', () => {
    const receivers = new Receivers(defaultLimits);
    const idle = receivers.of({ kind: 'person', id: 'idle' }, 0);
    const recent = receivers.of({ kind: 'person', id: 'recent' }, 0);
    recent.gate.take();
    recent.gate.end(500);
    for (let index = 0; index < 1000; index += 1) receivers.of({ kind: 'person', id: String(index) }, 1000);
    expect(receivers.of({ kind: 'person', id: 'recent' }, 1000)).toBe(recent);
    expect(receivers.of({ kind: 'person', id: 'idle' }, 1000)).not.toBe(idle);
  });

  it('pauses one API until its reset, and neither another API nor anything longer', async () => {
    const time = new SimulatedTime();
    const pace = new Pace(defaultLimits, time);
    const begunAt = time.now();
    pace.pause({ api: 'send', urgent: true }, 3000);
    const at: Record<string, number> = {};
    const call = async (api: string) => {
      await pace.run({ api, urgent: false, key: api }, async () => {
        at[api] = time.now() - begunAt;
      });
    };
    const all = [call('send'), call('patch')];
    await time.run();
    await Promise.all(all);
    expect(at).toEqual({ send: 3000, patch: 0 });
  });

  it('gives back those in line when a pause is longer than they may wait, and tells each its own turn', async () => {
    const time = new SimulatedTime();
    const pace = new Pace({ ...defaultLimits, perSecond: 2 }, time);
    const waits: number[] = [];
    const all = Array.from({ length: 6 }, (_, index) =>
      pace
        .run({ api: 'send', urgent: false, key: String(index) }, () => time.wait(5))
        .catch((fault: SendFailure) => waits.push(fault.waitMs ?? 0)),
    );
    pace.pause({ api: 'send', urgent: true }, 30_000);
    await time.run();
    await Promise.all(all);
    expect(waits).toEqual([30_000, 30_000, 31_005, 31_005]);
  });

  it('backs off longer each time from a receiver, until it takes something', async () => {
    const pace = new Pace(defaultLimits, new SimulatedTime());
    const place: Place = { api: 'send', receiver: { kind: 'group', id: 'oc_1' }, urgent: false };
    expect([pace.backOff(place), pace.backOff(place), pace.backOff(place)]).toEqual([1000, 2000, 4000]);
    pace.succeeded(place);
    expect(pace.backOff(place)).toBe(1000);
  });

  it('lets only urgent calls start for a while, or none, until one is a success again', async () => {
    const time = new SimulatedTime();
    const pace = new Pace(defaultLimits, time);
    const run = (urgent: boolean) =>
      pace
        .run({ api: 'send', urgent, key: 'one' }, async () => 'done')
        .catch(({ waitMs }: SendFailure) => waitMs);
    pace.onlyUrgent(3_600_000);
    expect([await run(false), await run(true)]).toEqual([3_600_000, 'done']);
    pace.halt(60_000);
    expect([await run(false), await run(true)]).toEqual([60_000, 60_000]);
    pace.succeeded({ api: 'send', urgent: true });
    expect([await run(false), await run(true)]).toEqual(['done', 'done']);
  });

  it('gives back all that wait when it stops, leaves no alarm behind and takes nothing more', async () => {
    const time = new SimulatedTime();
    const pace = new Pace({ ...defaultLimits, perSecond: 2 }, time);
    const call = (id: string) =>
      pace
        .run({ api: 'send', receiver: { kind: 'person', id }, urgent: false }, async () => 'done')
        .catch((fault: SendFailure) => fault.message);
    const all = ['a', 'b', 'c', 'd'].map(call);
    pace.stop();
    expect(await Promise.all(all)).toEqual(['done', 'done', 'the service stops', 'the service stops']);
    expect(await call('e')).toBe('the service stops');
    expect(time.alarms).toBe(0);
  });
});

const digest = (index: number): Arrival => ({
  atMs: 0,
  api: 'send',
  receiver: index,
  urgent: false,
  returnable: true,
  durationMs: 5,
  countedAt: 0.5,
});

function secondsOf(counted: readonly Counted[]): number {
  const times = counted.map(({ at }) => at);
  return (times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b))) / 1000;
}
