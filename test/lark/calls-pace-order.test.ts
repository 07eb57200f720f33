import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../bot/lark/calls/limits.ts';
import { Pace } from '../../bot/lark/calls/pace.ts';
import type { SendFailure } from '../../bot/platform.ts';
import { most } from './calls-pace-arrivals.ts';
import { SimulatedTime } from './calls-simulated-time.ts';

describe('the pace of calls', () => {
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
});
