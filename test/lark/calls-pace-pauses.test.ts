import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../bot/lark/calls/limits.ts';
import type { Place } from '../../bot/lark/calls/line.ts';
import { Pace } from '../../bot/lark/calls/pace.ts';
import { Receivers } from '../../bot/lark/calls/receivers.ts';
import type { SendFailure } from '../../bot/platform.ts';
import { most } from './calls-pace-arrivals.ts';
import { SimulatedTime } from './calls-simulated-time.ts';

describe('the pace of calls', () => {
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
