import { fork } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeLeft } from './temporary-folder.ts';
import { copyPlace, type MadeBackup } from './write-backup.ts';
import { DiskFull } from './write-whole.ts';

/** Where the record and its keys are. */
export interface Whereabouts {
  databaseUrl: string;
  keyFile: string;
}

/** What the process is asked for, and what it says. */
export interface Asked extends Whereabouts {
  file: string;
}
export type Outcome = { made: MadeBackup } | { fault: string; isFull: boolean };

/**
 * Makes one backup. @param ended ends it at once, and leaves nothing of it behind
 * @throws DiskFull, or Error in English, for the operator
 */
export type MakeBackup = (file: string, ended: AbortSignal) => Promise<MadeBackup>;

const PROGRAM = fileURLToPath(new URL('backup-process.ts', import.meta.url));

/** In a process of its own: SQLite copies without letting go of its thread, and meanwhile nobody would be heard. */
export const inOwnProcess =
  ({ databaseUrl, keyFile }: Whereabouts): MakeBackup =>
  async (file, ended) => {
    const { exitedAt, outcome } = await run({ databaseUrl, keyFile, file }, ended);
    if (outcome && 'made' in outcome) return outcome.made;
    // It may have ended without putting anything away.
    for (const place of [copyPlace(databaseUrl), dirname(file)]) await removeLeft(place, new Date(0));
    if (!outcome) throw new Error(`The process that makes the backup ended: ${exitedAt}`);
    throw outcome.isFull ? new DiskFull(outcome.fault) : new Error(outcome.fault);
  };

function run(asked: Asked, ended: AbortSignal): Promise<{ exitedAt: string; outcome: Outcome | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    exitedAt: string;
    outcome: Outcome | undefined;
  }>();
  let outcome: Outcome | undefined;
  const child = fork(PROGRAM, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const kill = () => child.kill('SIGKILL');
  child.once('message', (said) => {
    outcome = said as Outcome;
  });
  child.once('error', reject);
  child.once('exit', (code, signal) => {
    ended.removeEventListener('abort', kill);
    resolve({ exitedAt: signal ?? `exit code ${code}`, outcome });
  });
  ended.addEventListener('abort', kill);
  if (ended.aborted) kill();
  child.send(asked, () => undefined);
  return promise;
}
