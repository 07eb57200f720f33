import { setTimeout as wait } from 'node:timers/promises';
import { ownPostgresql } from '../own-postgresql.ts';
import { type Found, readiness, seenAtWork, untilServes } from './at-work.ts';
import type { Fault } from './define.ts';

const AWAY_MS = 5000;

export const databaseRestart: Fault = {
  name: 'database-restart',
  promised:
    'When the PostgreSQL server fails under it, nothing is acknowledged that is not stored, /readyz says no, and work goes on by itself once the server is back.',
  async inject(run) {
    const own = await ownPostgresql();
    if (typeof own === 'string') return { skipped: own };
    await using server = own;
    const { databaseUrl: DATABASE_URL } = server;
    return await seenAtWork(
      run,
      async (work): Promise<Found> => {
        await server.crash();
        await wait(AWAY_MS);
        const status = await readiness(work.chat);
        await server.start();
        const servesAgainMs = await untilServes(work);
        return {
          servesAgainMs,
          broken: status === 503 ? [] : [`/readyz answered ${status} without a server, expected 503`],
          remarks: [`away for ${AWAY_MS / 1000} s`, `${work.journal.putOff.length} times not taken`],
        };
      },
      { variables: { DATABASE_URL }, revives: true },
    );
  },
};
