import type { Command } from 'commander';
import { readEnvironment } from '../config/environment.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { openStore } from '../ledger/open-store.ts';
import type { Store } from '../ledger/store.ts';
import { addBackup } from './backup.ts';
import { addImport } from './import.ts';
import { addJob } from './job.ts';
import { addVerify } from './verify.ts';

/** What the commands are handed from outside. */
export interface Outside {
  variables: Readonly<Record<string, string | undefined>>;
  now: () => Date;
}

/** Opens the bureau's record for one command, and closes it whatever happens. */
export type WithStore = <T>(work: (store: Store) => Promise<T>) => Promise<T>;

/** Every command: one file each, and one word here. */
export function openCommands(program: Command, outside: Outside): void {
  const environment = () => readEnvironment(outside.variables);
  const withStore: WithStore = async (work) => {
    const store = await openStore(environment(), ledgers);
    try {
      return await work(store);
    } finally {
      await store.database.close();
    }
  };
  addImport(program, withStore, outside.now);
  addVerify(program, withStore);
  addJob(program, withStore, outside.now);
  addBackup(program, withStore, environment);
}

/** A result, for a program or for a person. */
export function print(value: unknown, asJson: boolean, lines: readonly string[]): void {
  process.stdout.write(asJson ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''));
}
