import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../cli/run.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';

export interface Said {
  code: number;
  out: string;
  err: string;
}

/** A bureau on a folder of its own, and the real commands run on it. */
export interface CommandDesk {
  folder: string;
  run(...args: string[]): Promise<Said>;
  /** Looks into the record between two commands. */
  look<T>(at: (store: Store) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export async function openCommandDesk(): Promise<CommandDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-cli-'));
  const variables = { DATA_DIR: folder, QINGLIAN_CONFIG: join(folder, 'rules.yaml') };
  return {
    folder,
    async run(...args) {
      const said = { out: '', err: '' };
      const code = await run(args, {
        variables,
        now: () => new Date('2026-11-23T01:00:00Z'),
        write: (text) => {
          said.out += text;
        },
        writeError: (text) => {
          said.err += text;
        },
      });
      return { code, ...said };
    },
    async look(at) {
      const store = await openStore(readEnvironment(variables), ledgers);
      try {
        return await at(store);
      } finally {
        await store.database.close();
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

export const sampleFile = (name: string): string => join(ROOT, 'sample', name);
