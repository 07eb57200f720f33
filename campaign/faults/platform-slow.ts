import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './define.ts';
import { seenOnPlatform } from './platform-at-work.ts';

const SLOW_MS = 10_000;
const DELAY_MS = 4000;

export const platformSlow: Fault = {
  name: 'platform-slow',
  promised:
    'While the platform answers after seconds, what people say is acknowledged as fast as ever, and every answer goes out once.',
  inject: () =>
    seenOnPlatform(async (standIn) => {
      standIn.onCall = () => ({ delayMs: DELAY_MS });
      await wait(SLOW_MS);
      standIn.onCall = () => undefined;
    }),
};
