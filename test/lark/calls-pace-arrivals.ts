import type { Limits } from '../../bot/lark/calls/limits.ts';
import type { Place } from '../../bot/lark/calls/line.ts';
import { Pace } from '../../bot/lark/calls/pace.ts';
import { SendFailure } from '../../bot/platform.ts';
import { SimulatedTime } from './calls-simulated-time.ts';

/** A call that comes to the pace. */
export interface Arrival {
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

/** A call as the platform saw it. */
export interface Counted {
  what: string;
  at: number;
}

/** Lets all arrive, those that are given back come again when they are told to. @returns what the platform counted, when */
export async function play(
  given: Limits,
  all: readonly Arrival[],
): Promise<{ counted: Counted[]; done: number }> {
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
export function most(times: readonly number[], lengthMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let highest = 0;
  let first = 0;
  for (const [last, at] of sorted.entries()) {
    while ((sorted[first] ?? at) < at - lengthMs) first += 1;
    highest = Math.max(highest, last - first + 1);
  }
  return highest;
}
