import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CommandDesk, openCommandDesk, sampleFile } from './desk.ts';

let desk: CommandDesk;

beforeEach(async () => {
  desk = await openCommandDesk();
});

afterEach(() => desk.close());

it('wrong usage exits with 2, help with 0', async () => {
  expect((await desk.run('nothing')).code).toBe(2);
  expect((await desk.run('job')).code).toBe(2);
  const help = await desk.run('--help');
  expect(help.code).toBe(0);
  expect(help.out).toContain('verify');
});

it('a job shows in a dry run what it would say, and keeps nothing', async () => {
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  await desk.run('import', 'rectification', sampleFile('rectification-report.txt'));
  const { code, out } = await desk.run(
    'job',
    'leaders-digest',
    '--at',
    '2036-12-01T02:00:00Z',
    '--dry-run',
    '--json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(out).previews[0].content.title).toContain('清廉周报');
  expect(await desk.look(({ database }) => database.rows.outbox.count())).toBe(0);
  expect(await desk.look(({ database }) => database.rows.jobRun.count())).toBe(0);
  expect((await desk.run('job', 'nothing')).code).toBe(1);
});

it('a backup is whole, and takes the place of a lost database', async () => {
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  const backup = join(desk.folder, 'backup.db');
  expect((await desk.run('backup', backup)).code).toBe(0);
  expect((await stat(backup)).mode & 0o777).toBe(0o600);
  expect((await desk.run('backup', backup)).err).toContain('exists');
  expect((await desk.run('restore', backup)).err).toContain('nothing is overwritten');
  for (const end of ['', '-wal', '-shm']) await rm(join(desk.folder, `qinglian.db${end}`), { force: true });
  expect((await desk.run('restore', backup)).code).toBe(0);
  expect(await desk.look(({ database }) => database.rows.person.count())).toBe(21);
  expect((await desk.run('verify')).code).toBe(0);
});

it('a backup is not restored beside a key file from which its key was removed', async () => {
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  await desk.run('role', 'give', '何望舒', '督查员');
  const backup = join(desk.folder, 'backup.db');
  const database = join(desk.folder, 'qinglian.db');
  await desk.run('backup', backup);
  const keys = JSON.parse((await desk.run('key', 'list', '--json')).out) as { id: string }[];
  await desk.run('key', 'rotate');
  await desk.run('key', 'remove', keys[0]?.id ?? '', '--yes');
  for (const end of ['', '-wal', '-shm']) await rm(`${database}${end}`, { force: true });
  const { code, err } = await desk.run('restore', backup);
  expect(code).toBe(1);
  expect(err).toContain(`lacks key ${keys[0]?.id}`);
  await expect(stat(database)).rejects.toThrow('ENOENT');
});

it('a database is not opened without its key, nor with another', async () => {
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  const keyFile = join(desk.folder, 'qinglian.key');
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  const key = await readFile(keyFile);
  await rm(keyFile);
  expect((await desk.run('verify')).err).toMatch(/Key file .* is missing/);
  await writeFile(keyFile, JSON.stringify({ key: Buffer.alloc(32, 7).toString('base64') }), { mode: 0o600 });
  expect((await desk.run('verify')).err).toMatch(/but the database needs key/);
  await writeFile(keyFile, key);
  expect((await desk.run('verify')).code).toBe(0);
});

it('wrong rules are named with what was expected', async () => {
  await writeFile(join(desk.folder, 'rules.yaml'), 'warnings:\n  at: 9 Uhr\nquiet: 1\n');
  const { code, err } = await desk.run('verify');
  expect(code).toBe(1);
  expect(err).toMatch(/warnings\.at: expected a time such as 09:30/);
  expect(err).toMatch(/quiet/);
});
