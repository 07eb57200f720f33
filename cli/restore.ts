import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { BackupBroken, type BackupHeader } from '../ledger/backup/backup-header.ts';
import { problemsOfCopy } from '../ledger/backup/problems-of-copy.ts';
import { keptName, putInPlace } from '../ledger/backup/put-in-place.ts';
import { withTemporaryFolder } from '../ledger/backup/temporary-folder.ts';
import { unpackBackup } from '../ledger/backup/unpack-backup.ts';
import { isThere, tellingRoom } from '../ledger/backup/write-whole.ts';
import { openKeyFile, readKeyFile } from '../ledger/key-file.ts';
import { type SealingKeys, sealingKeys } from '../ledger/key-ring.ts';
import { isTaken, onlyOneAt } from '../prisma/only-one.ts';
import type { Desk } from './commands.ts';
import { megabytes } from './megabytes.ts';

interface Options {
  replace?: boolean;
  check?: boolean;
  json?: boolean;
}

/** Every so many bytes it is said how far it is: some ten seconds on a slow disk. */
const SAY_EVERY_BYTES = 256 * 1024 * 1024;

export function addRestore(program: Command, desk: Desk): void {
  program
    .command('restore <file>')
    .description(
      'put a backup in the place of the database, once it was verified; the service must be stopped',
    )
    .option('--replace', 'where a database stands: it is kept beside under a dated name')
    .option('--check', 'verify the backup and put nothing anywhere; the service may run')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: Options) => {
      const target = await targetOf(desk.environment().databaseUrl);
      await (options.check ? check(file, target, options, desk) : restore(file, target, options, desk));
    });
}

/** Where the path is a link, it is what the link leads to that is replaced. */
async function targetOf(databaseUrl: string): Promise<string> {
  if (!databaseUrl.startsWith('file:'))
    throw new Error(
      'A backup is restored into SQLite: set DATABASE_URL to a new file:<path>, then bring that to PostgreSQL with migrate-database',
    );
  const path = databaseUrl.slice('file:'.length);
  return realpath(path).catch(() => path);
}

/** @throws Error where a service serves it; from here on none can begin to */
async function restore(file: string, target: string, options: Options, desk: Desk): Promise<void> {
  if (!options.replace && (await isThere(target)))
    throw new Error(`${target} exists: nothing is overwritten; with --replace it is kept beside, dated`);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  if (await isTaken(`file:${target}`))
    throw new Error(`A service is running on ${target}: stop it before anything is restored`);
  const onlyOne = await onlyOneAt(`file:${target}`);
  try {
    await withVerified(file, target, desk, async (copy, records) => {
      const kept = (await isThere(target)) ? keptName(target, desk.now()) : undefined;
      await putInPlace(copy, target, kept ?? keptName(target, desk.now()));
      desk.print({ target, records, ...(kept && { kept }) }, options.json, [
        ...(kept ? [`The former database is ${kept}`] : []),
        `${target}: ${records} audit records, the chain holds`,
      ]);
    });
  } finally {
    onlyOne.release();
  }
}

async function check(file: string, target: string, options: Options, desk: Desk): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await withVerified(file, target, desk, async (_copy, records) =>
    desk.print({ file, records }, options.json, [
      `${file}: ${records} audit records, the chain holds; nothing was put in place`,
    ]),
  );
}

/** Has `work` done with the database of the backup beside its place, once nothing speaks against it. */
async function withVerified(
  file: string,
  target: string,
  desk: Desk,
  work: (copy: string, records: number) => Promise<void>,
): Promise<void> {
  const { keyFile } = desk.environment();
  const place = dirname(target);
  await tellingRoom(place, () =>
    withTemporaryFolder(place, 'restore', async (folder) => {
      const copy = join(folder, 'restored.db');
      await unpack(file, copy, keyFile, desk);
      desk.say('Verifying the whole chain: about a minute for a million records.');
      const { problems, records } = await problemsOfCopy(copy, keyFile);
      if (problems.length > 0) throw new Error(`${file} was not restored: ${problems.join('; ')}`);
      await work(copy, records);
    }),
  );
}

async function unpack(file: string, copy: string, keyFile: string, desk: Desk): Promise<void> {
  let saidUpTo = 0;
  const unpacking = {
    keysFor: (header: BackupHeader) => keysFor(file, header, keyFile),
    told(done: number, of: number) {
      if (done < saidUpTo + SAY_EVERY_BYTES) return;
      saidUpTo = done;
      desk.say(`${megabytes(done)} of ${megabytes(of)}`);
    },
  };
  try {
    const header = await unpackBackup(file, copy, unpacking);
    if (!header)
      desk.say(
        `${file} is not encrypted: whoever has it can read names, titles and the rectification ledger.`,
      );
  } catch (fault) {
    if (fault instanceof BackupBroken) throw new Error(`${file} was not restored: ${fault.message}`);
    throw fault;
  }
}

/** @throws Error in English, for the operator: without the key nobody can read the backup */
async function keysFor(file: string, { keyId }: BackupHeader, keyFile: string): Promise<SealingKeys> {
  if (!(await isThere(keyFile)))
    throw new Error(
      `${file} is encrypted under key ${keyId}: put the key file that has it at ${keyFile} first`,
    );
  const held = readKeyFile(keyFile).keys.map(({ id }) => id);
  if (!held.includes(keyId))
    throw new Error(
      `${file} is encrypted under key ${keyId}, and the key file ${keyFile} lacks key ${keyId} (it holds ${held.join(', ')}): use the key file of its time`,
    );
  return sealingKeys(await openKeyFile(keyFile, [keyId]));
}
