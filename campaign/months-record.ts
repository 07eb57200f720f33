import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../cli/run.ts';
import { readEnvironment } from '../config/environment.ts';
import { verify } from '../ledger/audit/verify.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { openStore } from '../open-store.ts';

/** Where the record is. */
export const fileOf = (variables: Readonly<Record<string, string>>) =>
  readEnvironment(variables).databaseUrl.slice('file:'.length);
export const keyOf = (variables: Readonly<Record<string, string>>) => readEnvironment(variables).keyFile;

/** The program's whole environment. */
export async function settingsIn(
  folder: string,
  data: string,
  rules: string,
): Promise<Record<string, string>> {
  await writeFile(join(folder, 'rules.yaml'), rules);
  return {
    DATA_DIR: join(folder, data),
    QINGLIAN_CONFIG: join(folder, 'rules.yaml'),
    PORT: '0',
    LOG_LEVEL: 'error',
  };
}

/** By the operator's own command. @throws Error with what it said, when it did not end well */
export async function imported(
  variables: Readonly<Record<string, string>>,
  folder: string,
  what: 'roster' | 'rectification',
  text: string,
  now: Date,
): Promise<void> {
  const file = join(folder, what === 'roster' ? 'roster.csv' : 'report.txt');
  await writeFile(file, text);
  let said = '';
  const write = (words: string) => {
    said += words;
  };
  const code = await run(['import', what, file], { variables, now: () => now, write, writeError: write });
  if (code !== 0) throw new Error(`import ${what} ended with ${code}: ${said.slice(-500)}`);
}

export interface Chain {
  records: number;
  problems: string[];
}

/** What `verify` finds, and what the database itself finds. */
export async function chainOf(variables: Readonly<Record<string, string>>): Promise<Chain> {
  const store = await openStore(readEnvironment(variables), ledgers);
  try {
    const { records, problems } = await verify(store.database.rows, [], store.keys);
    return { records, problems: [...problems, ...(await store.database.damage())] };
  } finally {
    await store.database.close();
  }
}
