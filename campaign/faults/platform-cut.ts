import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './define.ts';
import { seenOnPlatform } from './platform-at-work.ts';

const CUT_MS = 8000;

export const platformCut: Fault = {
  name: 'platform-cut',
  promised:
    'While the platform cannot be reached, what people say is taken all the same; once it can, every answer goes out, each once.',
  inject: () =>
    seenOnPlatform(async (standIn) => {
      // Some of what was cut off had been done.
      standIn.onCall = ({ path }) => (path.length % 2 === 0 ? 'cut' : 'lost');
      await wait(CUT_MS);
      standIn.onCall = () => undefined;
    }),
};
