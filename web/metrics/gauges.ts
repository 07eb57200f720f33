import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Patrolled } from '../../ledger/audit/chain-patrol.ts';
import type { DiskFigures } from './disk-figures.ts';
import type { JobCount } from './job-tally.ts';
import type { QueueFigures } from './queue-figures.ts';

/** One moment of the service. What could not be read is absent, and so are its metrics. */
export interface Moment {
  isReady: boolean;
  /** It delivers and runs the jobs; of several instances one does. */
  isLeading: boolean;
  /** Those that this instance connects with. */
  platforms: readonly { name: string; isReady: boolean }[];
  queues: QueueFigures | undefined;
  disk: DiskFigures | undefined;
  chain: Patrolled | undefined;
  jobs: readonly JobCount[];
  /** The last one that was made; absent: none was. */
  backup: LastBackup | undefined;
}

/** A backup that is whole. */
export interface LastBackup {
  at: Date;
  bytes: number;
}

/** Prometheus' text of one moment. */
export interface Gauges {
  readonly contentType: string;
  textOf(moment: Moment): Promise<string>;
}

/** Every metric of the service, with those of its process. No label says who or what: states, platforms and jobs are fixed lists. */
export function openGauges(): Gauges {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const show = [
    showService(registry),
    showQueues(registry),
    showDisk(registry),
    showChain(registry),
    showJobs(registry),
  ];
  return {
    contentType: registry.contentType,
    textOf(moment) {
      for (const each of show) each(moment);
      return registry.metrics();
    },
  };
}

type Show = (moment: Moment) => void;

const gauge = (registry: Registry, name: string, help: string, ...labelNames: string[]): Gauge =>
  new Gauge({ name: `qinglian_${name}`, help, labelNames, registers: [registry] });

/** Sets a gauge, or takes it away where there is nothing to say. */
const put = (to: Gauge, value: number | undefined): void =>
  value === undefined ? to.remove() : to.set(value);

function showService(registry: Registry): Show {
  const ready = gauge(registry, 'ready', '1: the database answers and every platform that counts is there');
  const database = gauge(registry, 'database_up', '1: the database answers');
  const leads = gauge(registry, 'leads', '1: this instance delivers and runs the jobs; of several one does');
  const platform = gauge(registry, 'platform_ready', '1: this platform receives and sends', 'platform');
  const backedUp = gauge(
    registry,
    'backup_last_success_timestamp_seconds',
    'The moment that the last backup shows; 0: there is none',
  );
  const backupBytes = gauge(registry, 'backup_last_size_bytes', 'Size of the last backup');
  return ({ isReady, isLeading, platforms, queues, backup }) => {
    ready.set(Number(isReady));
    leads.set(Number(isLeading));
    platform.reset();
    database.set(Number(queues !== undefined));
    for (const { name, isReady } of platforms) platform.set({ platform: name }, Number(isReady));
    backedUp.set(backup ? backup.at.getTime() / 1000 : 0);
    backupBytes.set(backup?.bytes ?? 0);
  };
}

function showQueues(registry: Registry): Show {
  const outbox = gauge(
    registry,
    'outbox_messages',
    'Messages that are to go out (waiting), of these tried in vain so far (held_up), and given up (dead)',
    'state',
  );
  const due = gauge(
    registry,
    'outbox_oldest_due_seconds',
    'Since when a message is due that nobody has taken',
  );
  const inbox = gauge(registry, 'inbox_messages', 'Messages that came in and are not settled yet');
  const oldest = gauge(registry, 'inbox_oldest_seconds', 'Since when the oldest of them waits');
  return ({ queues }) => {
    if (queues) {
      outbox.set({ state: 'waiting' }, queues.outbox.waiting);
      outbox.set({ state: 'held_up' }, queues.outbox.heldUp);
      outbox.set({ state: 'dead' }, queues.outbox.dead);
    } else outbox.reset();
    put(due, queues?.oldestDueSeconds);
    put(inbox, queues?.inbox);
    put(oldest, queues?.oldestInboxSeconds);
  };
}

function showDisk(registry: Registry): Show {
  const free = gauge(registry, 'disk_free_bytes', 'Room that is left where the record is (SQLite)');
  const size = gauge(registry, 'disk_size_bytes', 'Size of that file system (SQLite)');
  const database = gauge(
    registry,
    'database_bytes',
    'Size of the record and of what stands beside it (SQLite)',
  );
  return ({ disk }) => {
    put(free, disk?.free);
    put(size, disk?.size);
    put(database, disk?.database);
  };
}

function showChain(registry: Registry): Show {
  const records = gauge(registry, 'audit_records', 'The number of the last record of the audit chain');
  const broken = gauge(
    registry,
    'audit_chain_broken',
    '1: a record does not continue the chain; run qinglian verify',
  );
  const walked = gauge(registry, 'audit_chain_walked_records', 'How far the chain was walked in this round');
  const rounds = gauge(registry, 'audit_chain_rounds', 'How often it was walked to its end since the start');
  return ({ queues, chain }) => {
    put(records, queues?.records);
    put(broken, chain && Number(chain.brokenAt !== undefined));
    put(walked, chain?.at);
    put(rounds, chain?.rounds);
  };
}

function showJobs(registry: Registry): Show {
  const runs = new Counter({
    name: 'qinglian_job_runs_total',
    help: 'Runs of each job since the start, by how they ended',
    labelNames: ['job', 'outcome'],
    registers: [registry],
  });
  return ({ jobs }) => {
    runs.reset();
    for (const { job, well, faults } of jobs) {
      runs.inc({ job, outcome: 'well' }, well);
      runs.inc({ job, outcome: 'fault' }, faults);
    }
  };
}
