import { setTimeout as wait } from 'node:timers/promises';
import type { ChatClient } from '../bot/local/chat-client.ts';

/** How long it takes until a message is stored, measured all the time. */
export interface Prober {
  /** Milliseconds, since the last time that this was asked. */
  taken(): number[];
  stop(): Promise<void>;
}

const EVERY_MS = 300;

/** @param name somebody of the sample bureau who does nothing else */
export async function openProber(chat: ChatClient, name: string): Promise<Prober> {
  const person = (await chat.people()).find((each) => each.name === name);
  if (!person) throw new Error(`Nobody in the sample bureau is called ${name}`);
  let measured: number[] = [];
  let over = false;
  const probing = (async () => {
    while (!over) {
      const begun = performance.now();
      // A connection that was idle may be closed just now: that says nothing of the storing.
      const isStored = await chat.say(person.id, '查看 Z1-1').then(
        () => true,
        () => false,
      );
      if (isStored) measured.push(performance.now() - begun);
      await wait(EVERY_MS);
    }
  })();
  return {
    taken() {
      const until = measured;
      measured = [];
      return until;
    },
    async stop() {
      over = true;
      await probing;
    },
  };
}

/** The time within which that share of them was stored. */
export function percentile(measured: readonly number[], share: number): number {
  const sorted = [...measured].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
