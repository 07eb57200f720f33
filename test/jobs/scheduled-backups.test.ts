import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tellAdministrators } from '../../bot/tell-administrators.ts';
import { type Beside, scheduledBackups } from '../../jobs/backup/scheduled-backups.ts';
import { backupState } from '../../ledger/backup/backup-state.ts';
import type { MakeBackup } from '../../ledger/backup/in-own-process.ts';
import { DiskFull } from '../../ledger/backup/write-whole.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { type SampleRecord, takeMessages } from '../sample-record.ts';
import { asCard } from './at-work.ts';

let record: SampleRecord;
let folder: string;

freshCopies(new Date('2026-11-23T01:00:00Z'), (copy) => {
  record = copy;
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-backups-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const made: MakeBackup = async (file) => {
  await writeFile(file, '示例', { flag: 'wx' });
  return { file, bytes: 6, keyId: '1a2b3c4d' };
};

interface Scene {
  make?: MakeBackup;
  rules?: Partial<Store['rules']['backup']>;
}

/** What looks after backups, and what it logged. */
function backupsWith({ make = made, rules }: Scene = {}): Beside & { log: string[]; calls: number } {
  const { store } = record;
  const backup = { ...store.rules.backup, folder, ...rules };
  const seen = { log: [] as string[], calls: 0 };
  const beside = scheduledBackups({
    store: { ...store, rules: { ...store.rules, backup } },
    make(file, ended) {
      seen.calls += 1;
      return make(file, ended);
    },
    tell: (rows, told) => tellAdministrators(store, rows, { ...told, platform: '', job: 'backup-alarm' }),
    recorded: () => undefined,
    log: pino({ level: 'info' }, { write: (line: string) => void seen.log.push(JSON.parse(line).msg) }),
  });
  return Object.assign(seen, beside);
}

/** Lets it look at each of the instants, and waits for what it does. */
async function at(backups: Beside, ...instants: readonly string[]): Promise<string[]> {
  for (const instant of instants) {
    backups.look(new Date(instant));
    await backups.idle();
  }
  return (await readdir(folder)).sort();
}

const state = () => backupState(record.store.database.rows);

test('one is made a day at its time, one for a time that was missed, and none twice', async () => {
  const backups = backupsWith();
  const names = await at(
    backups,
    '2026-11-23T01:00:00Z',
    '2026-11-23T18:29:00Z',
    '2026-11-23T18:30:00Z',
    '2026-11-23T18:31:00Z',
    '2026-11-24T18:30:00Z',
  );
  expect(names).toEqual([
    'qinglian-2026-11-23-0900.backup',
    'qinglian-2026-11-24-0230.backup',
    'qinglian-2026-11-25-0230.backup',
  ]);
  expect(await state()).toMatchObject({ last: { at: new Date('2026-11-24T18:30:00Z'), bytes: 6 } });
  // A restart begins where it stood.
  expect(await at(backupsWith(), '2026-11-24T19:00:00Z')).toEqual(names);
  expect(await takeMessages(record.store)).toEqual([]);
});

test('without a folder in the rules nothing is made and nothing is kept', async () => {
  const { rules } = record.store;
  expect(rules.backup.folder).toBeUndefined();
  const backups = scheduledBackups({
    store: record.store,
    make: made,
    tell: async () => 0,
    recorded: () => undefined,
    log: pino({ level: 'silent' }),
  });
  expect(await at(backups, '2026-11-23T18:30:00Z')).toEqual([]);
  expect(await state()).toEqual({});
});

test('what is old goes once a new one is there, and what is not its own stays', async () => {
  const others = ['notes.txt', 'qinglian-2020-01-01.db', 'qinglian-2020-01-01-0230.backup.part'];
  for (const name of [...others, 'qinglian-2020-01-01-0230.backup'])
    await writeFile(join(folder, name), '示例');
  await mkdir(join(folder, 'qinglian-2020-01-02-0230.backup'));
  const names = await at(
    backupsWith({ rules: { keepWeekly: 0, keepMonthly: 0, keepDaily: 1 } }),
    '2026-11-23T18:30:00Z',
  );
  expect(names).toEqual(
    [...others, 'qinglian-2020-01-02-0230.backup', 'qinglian-2026-11-24-0230.backup'].sort(),
  );
});

test('where the new one fails, what is old stays, and it is tried again after an hour', async () => {
  await writeFile(join(folder, 'qinglian-2020-01-01-0230.backup'), '示例');
  let works = false;
  const backups = backupsWith({
    rules: { keepWeekly: 0, keepMonthly: 0, keepDaily: 1 },
    make: (file, ended) => (works ? made(file, ended) : Promise.reject(new DiskFull('示例'))),
  });
  expect(
    await at(backups, '2026-11-23T18:30:00Z', '2026-11-23T18:31:00Z', '2026-11-23T19:29:00Z'),
  ).toHaveLength(1);
  expect(backups.calls).toBe(1);
  await at(backups, '2026-11-23T19:30:00Z');
  expect(backups.calls).toBe(2);
  works = true;
  expect(await at(backups, '2026-11-23T20:30:00Z')).toEqual(['qinglian-2026-11-24-0430.backup']);
  expect((await state()).failedAt).toBeUndefined();
});

test('administrators are told once of a failure and once after three days, until one succeeds', async () => {
  let works = true;
  const backups = backupsWith({
    make: (file, ended) => (works ? made(file, ended) : Promise.reject(new DiskFull('示例'))),
  });
  await at(backups, '2026-11-23T18:30:00Z');
  works = false;
  await at(
    backups,
    '2026-11-24T18:30:00Z',
    '2026-11-24T19:30:00Z',
    '2026-11-25T18:30:00Z',
    '2026-11-26T18:29:00Z',
  );
  const failure = await takeMessages(record.store);
  expect(failure.map(({ to }) => to)).toEqual(['罗子衿']);
  const card = asCard(failure[0]?.content ?? { kind: 'text', text: '' });
  expect(card.title).toBe('自动备份没有成功');
  expect(card.sections[0]?.lines).toEqual([
    '原因：磁盘已满。',
    '最近一次成功的备份：2026-11-24 周二 02:30。',
    expect.stringContaining('一小时后自动再试'),
  ]);
  // Nobody is woken.
  expect(failure[0]?.notBefore).toEqual(new Date('2026-11-25T00:00:00Z'));
  await at(backups, '2026-11-26T18:30:00Z', '2026-11-26T19:30:00Z', '2026-11-27T18:30:00Z');
  const titles = (await takeMessages(record.store)).map(({ content }) => asCard(content).title);
  expect(titles).toEqual(['已有 3 天没有成功的备份']);
  works = true;
  await at(backups, '2026-11-28T18:30:00Z');
  works = false;
  await at(backups, '2026-11-29T18:30:00Z');
  expect(await takeMessages(record.store)).toHaveLength(1);
});

test('a clock that goes back removes nothing and is logged, and backups go on', async () => {
  const backups = backupsWith({ rules: { keepDaily: 1, keepWeekly: 0, keepMonthly: 0 } });
  await at(backups, '2036-11-23T18:30:00Z');
  const names = await at(backups, '2026-11-23T18:30:00Z', '2026-11-24T18:30:00Z');
  expect(names).toEqual([
    'qinglian-2026-11-24-0230.backup',
    'qinglian-2026-11-25-0230.backup',
    'qinglian-2036-11-24-0230.backup',
  ]);
  expect(backups.log).toContain('no old backups are removed: some are dated later than the clock shows');
  expect(await takeMessages(record.store)).toEqual([]);
});

test('a stop ends what is under way, tells nobody, and it is made at the next start', async () => {
  const endless: MakeBackup = (_file, ended) =>
    new Promise((_resolve, reject) => ended.addEventListener('abort', () => reject(new Error('ended'))));
  const backups = backupsWith({ make: endless });
  backups.look(new Date('2026-11-23T18:30:00Z'));
  await expect.poll(() => backups.calls).toBe(1);
  await backups.stop();
  expect(await takeMessages(record.store)).toEqual([]);
  expect(await at(backupsWith(), '2026-11-23T18:31:00Z')).toEqual(['qinglian-2026-11-24-0231.backup']);
});
