import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { seenAtWork, untilServes } from './at-work.ts';
import type { Fault } from './define.ts';

/** Longer than the program waits for its turn (13 s), so that it has to say no as well. */
const HELD_MS = 16_000;

export const locked: Fault = {
  name: 'locked',
  promised:
    'While another process holds the database, what comes waits or is answered that it was not taken; once it lets go, work goes on by itself.',
  inject: (run) =>
    seenAtWork(run, async (work) => {
      const other = new DatabaseSync(`${work.variables.DATA_DIR}/qinglian.db`, { timeout: 5000 });
      other.exec('BEGIN IMMEDIATE');
      await wait(HELD_MS);
      other.exec('ROLLBACK');
      other.close();
      const servesAgainMs = await untilServes(work);
      const { putOff } = work.journal;
      return { servesAgainMs, remarks: [`held for ${HELD_MS / 1000} s`, `${putOff.length} times not taken`] };
    }),
};
