import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { EVERY_MINUTE, type Ticking } from './ticking.ts';

const QUEUE = 'tick';
/** An instance that has not finished a tick by then is given up; the next tick heals what it left. */
const EXPIRES_SECONDS = 15 * 60;
const CONNECTIONS = 2;
/** How long a tick that is under way is waited for when the service stops. */
const STOP_WITHIN_MS = 30_000;

/** pg-boss puts one tick a minute in line, and one of the instances takes it; in its own schema `pgboss` of the same database. */
export function sharedTicking(databaseUrl: string, log: Logger): Ticking {
  const boss = new PgBoss({ connectionString: databaseUrl, max: CONNECTIONS });
  boss.on('error', ({ message }) => log.warn({ reason: message }, 'the minute was not told'));
  let isStarted = false;
  return {
    async start(tick) {
      await boss.start();
      isStarted = true;
      // Where one tick waits or runs, a second is not put in line.
      await boss.createQueue(QUEUE, {
        policy: 'exclusive',
        expireInSeconds: EXPIRES_SECONDS,
        retryLimit: 0,
        deleteAfterSeconds: 3600,
      });
      await boss.schedule(QUEUE, EVERY_MINUTE);
      await boss.work(QUEUE, async () => void (await tick()));
    },
    async stop() {
      if (isStarted) await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS });
    },
  };
}
