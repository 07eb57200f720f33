import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { HEADER_BYTES, readHeader } from '../../ledger/backup/backup-header.ts';
import { inOwnProcess } from '../../ledger/backup/in-own-process.ts';
import { unpackBackup } from '../../ledger/backup/unpack-backup.ts';
import { startService } from '../../start.ts';
import { freshCopies } from '../fresh-record.ts';
import type { SampleRecord } from '../sample-record.ts';

let record: SampleRecord;
let folder: string;

freshCopies(new Date('2026-11-23T01:00:00Z'), (copy) => {
  record = copy;
});
beforeEach(async () => {
  folder = join(record.folder, 'backups');
  await mkdir(folder);
});

const never = new AbortController().signal;
const hidden = async (place: string) => (await readdir(place)).filter((name) => name.startsWith('.'));

test('a backup is made in a process of its own, and the keys of the record open it', async () => {
  const file = join(folder, 'one.backup');
  const { bytes, keyId } = await inOwnProcess(record.environment)(file, never);
  const written = await readFile(file);
  expect([written.length, readHeader(written.subarray(0, HEADER_BYTES)).keyId]).toEqual([bytes, keyId]);
  const { keys } = record.store;
  const copy = join(folder, 'copy.db');
  await unpackBackup(file, copy, { keysFor: async () => keys, told: () => undefined });
  expect((await readFile(copy)).subarray(0, 15).toString()).toBe('SQLite format 3');
  expect([await hidden(folder), await hidden(record.folder)]).toEqual([[], []]);
});

test('what keeps it from being made is told as the command tells it', async () => {
  const making = inOwnProcess(record.environment)(join(folder, 'absent', 'one.backup'), never);
  await expect(making).rejects.toThrow(`there is no folder ${join(folder, 'absent')}`);
});

test('it can be ended at any time, and leaves nothing behind', async () => {
  const ending = new AbortController();
  const making = inOwnProcess(record.environment)(join(folder, 'one.backup'), ending.signal);
  setTimeout(() => ending.abort(), 150);
  await expect(making).rejects.toThrow('The process that makes the backup ended: SIGKILL');
  expect([await readdir(folder), await hidden(record.folder)]).toEqual([[], []]);
});

test('the service makes one when it starts, and its metrics say when and how long it is', async () => {
  await writeFile(record.environment.rulesFile, stringify({ backup: { folder } }));
  const now = () => new Date('2026-11-24T01:00:00Z');
  const service = await startService(record.environment, { now, log: pino({ level: 'silent' }) });
  onTestFinished(() => service.stop());
  const name = 'qinglian-2026-11-24-0900.backup';
  await expect.poll(() => readdir(folder), { timeout: 20_000 }).toEqual([name]);
  const { length } = await readFile(join(folder, name));
  const metrics = async () => (await fetch(`${service.address}/metrics`)).text();
  await expect.poll(metrics, { timeout: 20_000 }).toContain(`qinglian_backup_last_size_bytes ${length}`);
  expect(await metrics()).toContain(
    `qinglian_backup_last_success_timestamp_seconds ${now().getTime() / 1000}`,
  );
});
