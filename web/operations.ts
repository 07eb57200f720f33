import type { ChatPlatform, Endpoint, EndpointReply } from '../bot/platform.ts';
import { openChainPatrol } from '../ledger/audit/chain-patrol.ts';
import type { Store } from '../ledger/store.ts';
import { briefly } from './metrics/briefly.ts';
import { readDiskFigures } from './metrics/disk-figures.ts';
import { type LastBackup, type Moment, openGauges } from './metrics/gauges.ts';
import type { JobTally } from './metrics/job-tally.ts';
import { readQueueFigures } from './metrics/queue-figures.ts';

/** What operators watch. */
export interface Watched {
  store: Store;
  platforms: readonly ChatPlatform[];
  now: () => Date;
  /** As the operator set it. */
  databaseUrl: string;
  jobs: JobTally;
  /** The last backup that was made; absent: nobody knows of any. */
  lastBackup?: () => Promise<LastBackup | undefined>;
}

/** So long a reading serves whoever asks again, milliseconds: several monitors cost as much as one. */
const READ_FOR_MS = 5_000;

/** `GET /healthz`, `/readyz`, `/metrics`: for whoever operates the service; no names, no contents. */
export function operationsEndpoints(watched: Watched): Endpoint[] {
  const { store, now } = watched;
  const { rows } = store.database;
  const gauges = openGauges();
  const patrol = openChainPatrol(rows);
  const ticks = () => performance.now();
  const queues = briefly(READ_FOR_MS, ticks, () => readQueueFigures(rows, now()));
  const walked = briefly(READ_FOR_MS, ticks, () => patrol.walkOn());
  const readMoment = async (): Promise<Moment> => {
    const read = await ifRead(queues());
    const isLeading = store.database.lead.isOurs;
    return {
      isReady: read !== undefined && areReady(watched),
      isLeading,
      platforms: watched.platforms
        .filter(({ isHeldByOne }) => isLeading || !isHeldByOne)
        .map((platform) => ({ name: platform.name, isReady: platform.ready() })),
      queues: read,
      chain: await ifRead(walked()),
      disk: await ifRead(readDiskFigures(watched.databaseUrl)),
      jobs: watched.jobs.counts(),
      backup: await ifRead(watched.lastBackup?.()),
    };
  };
  return [
    { method: 'GET', path: '/healthz', handle: async () => json(200, { status: 'ok' }) },
    { method: 'GET', path: '/readyz', handle: () => readiness(watched, patrol.seen.brokenAt) },
    {
      method: 'GET',
      path: '/metrics',
      handle: async () => ({
        status: 200,
        type: gauges.contentType,
        body: await gauges.textOf(await readMoment()),
      }),
    },
  ];
}

const json = (status: number, value: unknown): EndpointReply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

/** A monitor is told what can be told, also while the database does not answer. */
const ifRead = async <T>(reading: Promise<T> | undefined): Promise<T | undefined> =>
  reading?.catch(() => undefined);

/** What only the leading instance connects with makes no other less ready. */
const areReady = ({ store, platforms }: Watched): boolean =>
  platforms.every(
    (platform) =>
      platform.isExtra || platform.ready() || (platform.isHeldByOne && !store.database.lead.isOurs),
  );

async function readiness(watched: Watched, brokenAt: number | undefined): Promise<EndpointReply> {
  const { store, platforms } = watched;
  const states = Object.fromEntries(platforms.map((platform) => [platform.name, platform.ready()]));
  const problems = platforms.flatMap(({ name, problem }) => {
    const said = problem?.();
    return said === undefined ? [] : [`${name}: ${said}`];
  });
  if (brokenAt !== undefined)
    problems.push(`the audit chain does not hold at record ${brokenAt}: run qinglian verify`);
  try {
    const waiting = await store.database.rows.outbox.count({ where: { state: 'waiting' } });
    const dead = await store.database.rows.outbox.count({ where: { state: 'dead' } });
    const database = await store.database.isWritable();
    if (!database) problems.push('nothing can be stored now: see the disk and the log');
    const ready = database && areReady(watched);
    return json(ready ? 200 : 503, {
      ready,
      database,
      platforms: states,
      delivery: { waiting, dead },
      problems,
    });
  } catch {
    return json(503, { ready: false, database: false, platforms: states, problems });
  }
}
