import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seenAtWork, untilServes } from './at-work.ts';
import type { Fault } from './define.ts';

const HOUR_MS = 3_600_000;
/** Forth and back, and at last right again. */
const JUMPS_MS = [26 * HOUR_MS, -3 * HOUR_MS, 3 * 24 * HOUR_MS, -40 * 24 * HOUR_MS, 0];
const BETWEEN_MS = 2500;
/** Whoever was answered 40 days ago is forgotten by then, as he should be: here it is looked at whether he was answered. */
const RULES = 'retention:\n  requests: 60\n';

export const clock: Fault = {
  name: 'clock',
  promised:
    'When the machine’s clock jumps forth and back, nothing is lost, nothing is done or sent twice, and the chain holds.',
  async inject(run) {
    const shift = join(run.folder, 'shift');
    await writeFile(shift, '0');
    const preload = new URL('shifted-clock.ts', import.meta.url).href;
    return seenAtWork(
      run,
      async (work) => {
        for (const jump of JUMPS_MS) {
          await writeFile(shift, String(jump));
          await wait(BETWEEN_MS);
        }
        const servesAgainMs = await untilServes(work);
        return { servesAgainMs, remarks: [`${JUMPS_MS.length} jumps, from −40 days to +3 days`] };
      },
      { node: ['--import', preload], variables: { SHIFTED_CLOCK: shift }, rules: RULES },
    );
  },
};
