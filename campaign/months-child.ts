import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { readEnvironment } from '../config/environment.ts';
import { startService } from '../start.ts';

/** What the service's process is asked for. */
export type Wanted = 'used' | 'stop';

export interface Used {
  memory: NodeJS.MemoryUsage;
  cpu: NodeJS.CpuUsage;
}

/** What it says: its address once it serves, then what it was asked for. */
export type Told = { address: string } | { used: Used } | { stopped: true };

/** Between two collections: what the first one set free is let go of by its finalizers before the second. */
const BETWEEN_MS = 100;

const [began = ''] = process.argv.slice(2);
const startedMs = performance.now();
const environment = readEnvironment(process.env);
const tell = (told: Told) => void process.send?.(told);
const service = await startService(environment, {
  now: () => new Date(Date.parse(began) + performance.now() - startedMs),
  log: pino({ level: environment.logLevel, base: null }),
});
process.on('message', (wanted: Wanted) => void answer(wanted));
tell({ address: service.address });

async function answer(wanted: Wanted): Promise<void> {
  if (wanted === 'used') return tell({ used: { memory: await collected(), cpu: process.cpuUsage() } });
  await service.stop();
  tell({ stopped: true });
  process.disconnect();
}

/** What is in use once everything that nobody holds is gone. */
async function collected(): Promise<NodeJS.MemoryUsage> {
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc?.();
    await wait(BETWEEN_MS);
  }
  return process.memoryUsage();
}
