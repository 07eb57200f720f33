import { access, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { type Verification, verify } from '../ledger/audit/verify.ts';
import { readKeyFile } from '../ledger/key-file.ts';
import { keysInUse } from '../ledger/keys-in-use.ts';
import { openDatabase, type Rows } from '../prisma/database.ts';
import type { Desk } from './commands.ts';

export function addBackup(program: Command, desk: Desk): void {
  program
    .command('backup <file>')
    .description(
      'copy the database into a new file while the service runs; the key file is kept apart, by you',
    )
    .action(async (file: string) => {
      await refuseExisting(file, 'a backup is written into a new file only');
      await desk.withStore(({ database }) => database.copyTo(file));
      desk.print({ file }, false, [file]);
    });
  program
    .command('restore <file>')
    .description('put a backup in the place of an absent database; the service must be stopped')
    .action((file: string) => restore(file, desk));
}

async function refuseExisting(file: string, why: string): Promise<void> {
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists) throw new Error(`${file} exists: ${why}`);
}

/** The backup is checked beside its place before it takes it. */
async function restore(file: string, desk: Desk): Promise<void> {
  const target = desk.environment().databaseUrl.slice('file:'.length);
  await refuseExisting(target, 'move it away first, nothing is overwritten');
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const beside = `${target}.restoring`;
  await copyFile(file, beside);
  const { problems, records } = await looked(beside, desk.environment().keyFile);
  for (const end of ['-wal', '-shm']) await rm(`${beside}${end}`, { force: true });
  if (problems.length > 0) {
    await rm(beside);
    throw new Error(`${file} was not restored: ${problems.join('; ')}`);
  }
  await rename(beside, target);
  desk.print({ target, records }, false, [`${target}: ${records} audit records, the chain holds`]);
}

/**
 * What speaks against the copy: the chain, and the keys where the key file is there already. Where it is not, it has to be
 * put in its place before the service starts.
 */
async function looked(copy: string, keyFile: string): Promise<Pick<Verification, 'problems' | 'records'>> {
  const database = await openDatabase(`file:${copy}`);
  try {
    const { problems, records } = await verify(database.rows);
    return { records, problems: [...problems, ...(await missingKeys(database.rows, keyFile))] };
  } finally {
    await database.close();
  }
}

async function missingKeys(rows: Rows, keyFile: string): Promise<string[]> {
  const isThere = await access(keyFile).then(
    () => true,
    () => false,
  );
  if (!isThere) return [];
  const held = readKeyFile(keyFile).keys.map(({ id }) => id);
  return (await keysInUse(rows))
    .filter((id) => !held.includes(id))
    .map((id) => `the key file ${keyFile} lacks key ${id}, which it needs: use the key file of its time`);
}
