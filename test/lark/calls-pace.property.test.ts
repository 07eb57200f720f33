import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits, type Limits } from '../../bot/lark/calls/limits.ts';
import { type Arrival, type Counted, most, play } from './calls-pace-arrivals.ts';

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
