import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type AtWork, type Found, seenAtWork, untilServes } from './at-work.ts';
import type { Fault } from './define.ts';

/** Little more than what the program needs while a few people are at work: some 63 MiB. */
const HEAP_MIB = 80;
const FLOOD_MS = 12_000;
const AT_ONCE = 12;
/** A text that is all one word: it is read, looked at and refused, each time as a whole. */
const LARGE_TEXT = '示例'.repeat(450_000);

export const memory: Fault = {
  name: 'memory',
  promised:
    'A process that runs out of memory may die; started again, it has lost nothing that it acknowledged and does nothing twice.',
  inject: (run) => seenAtWork(run, flooded, { node: [`--max-old-space-size=${HEAP_MIB}`], revives: true }),
};

async function flooded(work: AtWork): Promise<Found> {
  const until = performance.now() + FLOOD_MS;
  const [someone] = await work.chat.people();
  const flood = async () => {
    let sent = 0;
    while (performance.now() < until) {
      await send(work, someone?.id ?? '').catch(() => wait(100));
      sent += 1;
    }
    return sent;
  };
  const sent = await Promise.all(Array.from({ length: AT_ONCE }, flood));
  const servesAgainMs = await untilServes(work);
  const all = sent.reduce((sum, each) => sum + each, 0);
  const { revived } = work.program;
  return {
    servesAgainMs,
    remarks: [`${HEAP_MIB} MiB, ${all} large requests, died and was started again ${revived} times`],
  };
}

/** It has to be read whole before it can be refused. */
const send = ({ chat }: AtWork, person: string): Promise<unknown> =>
  chat.post('/chat/api/say', { person, text: LARGE_TEXT, id: randomUUID() });
