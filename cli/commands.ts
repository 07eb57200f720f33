import type { Command } from 'commander';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ledgers } from '../ledger/ledgers.ts';
import type { Store } from '../ledger/store.ts';
import { openStore } from '../open-store.ts';
import { addBackup } from './backup.ts';
import { addDoctor } from './doctor.ts';
import { addExport } from './export.ts';
import { addImport } from './import.ts';
import { addJob } from './job.ts';
import { addKey } from './key.ts';
import { addMigrateDatabase } from './migrate-database.ts';
import { addRestore } from './restore.ts';
import { addRole } from './role.ts';
import { addVerify } from './verify.ts';
import { addVerifyReceipt } from './verify-receipt.ts';

/** What the commands are handed from outside. */
export interface Outside {
  variables: Readonly<Record<string, string | undefined>>;
  now: () => Date;
  /** Takes results. */
  write: (text: string) => void;
  /** Takes progress and errors. */
  writeError: (text: string) => void;
}

/** What a command works with. */
export interface Desk {
  environment(): Environment;
  now(): Date;
  /** Opens the bureau's record, and closes it whatever happens. Only an import may begin a new one. */
  withStore<T>(work: (store: Store) => Promise<T>, options?: { mayBegin: boolean }): Promise<T>;
  /** How it goes on, in a sentence, on stderr. */
  say(sentence: string): void;
  /** A result: one line of JSON for a program, or lines for a person. */
  print(value: unknown, asJson: boolean | undefined, lines: readonly string[]): void;
}

/** Every command: one file each, and one word here. */
export function openCommands(program: Command, outside: Outside): void {
  const environment = () => readEnvironment(outside.variables);
  const desk: Desk = {
    environment,
    now: outside.now,
    async withStore(work, options) {
      const store = await openStore(environment(), ledgers, {
        mustExist: !options?.mayBegin,
        sealBroken: (record, why) => desk.say(`${record}: its sealed content does not open: ${why}`),
      });
      try {
        return await work(store);
      } finally {
        await store.database.close();
      }
    },
    say: (sentence) => outside.writeError(`${sentence}\n`),
    print(value, asJson, lines) {
      outside.write(asJson ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''));
    },
  };
  for (const add of [
    addImport,
    addExport,
    addRole,
    addVerify,
    addVerifyReceipt,
    addDoctor,
    addJob,
    addKey,
    addBackup,
    addRestore,
    addMigrateDatabase,
  ])
    add(program, desk);
}
