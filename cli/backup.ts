import type { Command } from 'commander';
import { keepBackupState } from '../ledger/backup/backup-state.ts';
import { copyPlace, writeBackup } from '../ledger/backup/write-backup.ts';
import type { Desk } from './commands.ts';
import { megabytes } from './megabytes.ts';

export function addBackup(program: Command, desk: Desk): void {
  program
    .command('backup <file>')
    .description(
      'write the record, encrypted, into a new file while the service runs; the key file is kept apart, by you',
    )
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const { databaseUrl, keyFile } = desk.environment();
      const at = desk.now();
      const made = await desk.withStore(async ({ database, keys }) => {
        const done = await writeBackup({ database, keys, place: copyPlace(databaseUrl) }, file);
        await database.write((rows) => keepBackupState(rows, { last: { at, bytes: done.bytes } }));
        return done;
      });
      desk.print(made, options.json, [
        `${file}: ${megabytes(made.bytes)}, encrypted; key ${made.keyId} of ${keyFile} opens it`,
      ]);
    });
}
