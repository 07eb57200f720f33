import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandDesk, openCommandDesk, sampleFile } from './desk.ts';

/** A bureau whose people are known, and a folder for its backups. */
export interface BackupDesk {
  desk: CommandDesk;
  backups: string;
  /** Where a backup is to be written. */
  backup: string;
  database: string;
}

export async function openBackupDesk(): Promise<BackupDesk> {
  const desk = await openCommandDesk();
  const backups = join(desk.folder, 'backups');
  await mkdir(backups);
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  return { desk, backups, backup: join(backups, 'one.backup'), database: join(desk.folder, 'qinglian.db') };
}
