import { chmod, cp, link, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { HEADER_BYTES, readHeader } from '../../ledger/backup/backup-header.ts';
import { backupState } from '../../ledger/backup/backup-state.ts';
import { onlyOneAt } from '../../prisma/only-one.ts';
import { openBackupDesk } from './backup-desk.ts';
import { type CommandDesk, openCommandDesk, sampleFile } from './desk.ts';
import { leftIn } from './real-command.ts';

let desk: CommandDesk;
let backups: string;
let database: string;
let backup: string;

beforeEach(async () => {
  ({ desk, backups, backup, database } = await openBackupDesk());
});
afterEach(() => desk.close());

const loseDatabase = async () => {
  for (const end of ['', '-wal', '-shm']) await rm(`${database}${end}`, { force: true });
};
const people = () => desk.look(({ database: { rows } }) => rows.person.count());

it('a backup is private, names its key, holds no word of the record, and leaves nothing beside', async () => {
  const { code, out } = await desk.run('backup', backup, '--json');
  const { id } = JSON.parse((await desk.run('key', 'list', '--json')).out)[0];
  expect({ code, made: JSON.parse(out) }).toEqual({
    code: 0,
    made: { file: backup, bytes: (await stat(backup)).size, keyId: id },
  });
  expect((await stat(backup)).mode & 0o777).toBe(0o600);
  const bytes = await readFile(backup);
  expect(readHeader(bytes.subarray(0, HEADER_BYTES)).keyId).toBe(id);
  const plain = await readFile(database);
  for (const word of ['何望舒', 'CREATE TABLE']) {
    expect(plain.includes(word), word).toBe(true);
    expect(bytes.includes(word), word).toBe(false);
  }
  expect(await readdir(backups)).toEqual(['one.backup']);
  expect(await leftIn(desk.folder)).toEqual([]);
  expect((await desk.look(({ database: { rows } }) => backupState(rows))).last).toEqual({
    at: new Date('2026-11-23T01:00:00Z'),
    bytes: bytes.length,
  });
});

it('a backup goes into a new file of a folder that is there, or nowhere', async () => {
  await writeFile(backup, 'something else');
  expect((await desk.run('backup', backup)).err).toContain(`${backup} exists`);
  expect(await readFile(backup, 'utf8')).toBe('something else');
  const nowhere = await desk.run('backup', join(backups, 'absent', 'one.backup'));
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('there is no folder') });
  expect(await leftIn(desk.folder)).toEqual([]);
});

it('a restored backup is the record of its moment, whatever was done after it', async () => {
  await desk.run('backup', backup);
  await desk.run('role', 'give', '何望舒', '督查员');
  await loseDatabase();
  const { code, out } = await desk.run('restore', backup);
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(/\d+ audit records, the chain holds\n$/),
  });
  expect(await people()).toBe(21);
  expect((await desk.run('role', 'list')).out).not.toContain('何望舒 督查员');
  expect((await desk.run('verify')).code).toBe(0);
});

it('a database as it is, as older versions wrote it, is restored too, and it is said that it is not encrypted', async () => {
  await desk.look((store) => store.database.copyTo(backup));
  await loseDatabase();
  const { code, err } = await desk.run('restore', backup);
  expect(code).toBe(0);
  expect(err).toContain(`${backup} is not encrypted`);
  expect(await people()).toBe(21);
});

it('with --replace the former database stays beside, whole, and without it nothing is touched', async () => {
  await desk.run('backup', backup);
  await desk.run('role', 'give', '何望舒', '督查员');
  const before = await desk.run('verify', '--json');
  const refused = await desk.run('restore', backup);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('with --replace it is kept') });
  expect((await desk.run('verify', '--json')).out).toBe(before.out);
  const { code, out } = await desk.run('restore', backup, '--replace', '--json');
  expect(code).toBe(0);
  const { kept } = JSON.parse(out);
  expect(kept).toBe(`${database}.replaced-2026-11-23T010000Z`);
  expect((await desk.run('verify', '--json')).out).not.toBe(before.out);
  await loseDatabase();
  await cp(kept, database);
  expect((await desk.run('verify', '--json')).out).toBe(before.out);
});

it('what a killed service had written last stays with the former database, and out of the new one', async () => {
  await desk.run('backup', backup);
  const [log, size] = await desk.look(async (store) => {
    await store.database.write((rows) => rows.meta.create({ data: { name: 'last-word', value: '示例' } }));
    await cp(database, `${database}.killed`);
    return [await readFile(`${database}-wal`), (await stat(`${database}-wal`)).size];
  });
  expect(size).toBeGreaterThan(0);
  await cp(`${database}.killed`, database);
  await writeFile(`${database}-wal`, log);
  const { out } = await desk.run('restore', backup, '--replace', '--json');
  const wordIn = () =>
    desk.look(({ database: { rows } }) => rows.meta.findUnique({ where: { name: 'last-word' } }));
  expect(await wordIn()).toBeNull();
  await loseDatabase();
  await cp(JSON.parse(out).kept, database);
  expect(await wordIn()).toMatchObject({ value: '示例' });
});

it('a former database that is none any more is replaced and kept as it is', async () => {
  await desk.run('backup', backup);
  await loseDatabase();
  await writeFile(database, 'what a broken disk left of it, longer than a header'.repeat(9));
  const { code, out } = await desk.run('restore', backup, '--replace', '--json');
  expect(code).toBe(0);
  expect(await readFile(JSON.parse(out).kept, 'utf8')).toContain('what a broken disk left of it');
  expect(await people()).toBe(21);
});

it('a second name that a killed restore has left of the database is not taken for a former one', async () => {
  await desk.run('backup', backup);
  await link(database, `${database}.replaced-2026-11-22T235959Z`);
  await writeFile(`${database}.replaced-2026-11-01T000000Z`, 'of another time');
  expect((await desk.run('restore', backup, '--replace')).code).toBe(0);
  const kept = (await readdir(desk.folder)).filter((name) => name.includes('.replaced-')).sort();
  expect(kept).toEqual(['01T000000Z', '23T010000Z'].map((time) => `qinglian.db.replaced-2026-11-${time}`));
});

it('nothing is restored while a service runs there, or somebody has the database open', async () => {
  await desk.run('backup', backup);
  const service = await onlyOneAt(`file:${database}`);
  const whileRunning = await desk.run('restore', backup, '--replace');
  service.release();
  expect(whileRunning).toMatchObject({ code: 1, err: expect.stringContaining('A service is running on') });
  await desk.look(async () => {
    const whileOpen = await desk.run('restore', backup, '--replace');
    expect(whileOpen).toMatchObject({ code: 1, err: expect.stringContaining('another process has it open') });
  });
  expect((await readdir(desk.folder)).filter((name) => name.includes('replaced'))).toEqual([]);
  expect(await leftIn(desk.folder)).toEqual([]);
});

it('nothing is restored beside what an absent database has left', async () => {
  await desk.run('backup', backup);
  await loseDatabase();
  await writeFile(`${database}-wal`, 'pages of another one');
  expect((await desk.run('restore', backup)).err).toContain('lies there without its database');
});

it('without its key a backup is not restored, and which key it needs is said', async () => {
  await desk.run('backup', backup);
  const keyFile = join(desk.folder, 'qinglian.key');
  const { current } = JSON.parse(await readFile(keyFile, 'utf8'));
  await loseDatabase();
  await rm(keyFile);
  expect((await desk.run('restore', backup)).err).toContain(
    `is encrypted under key ${current}: put the key file that has it at ${keyFile} first`,
  );
  const other = await openCommandDesk();
  onTestFinished(() => other.close());
  await other.run('import', 'roster', sampleFile('roster.csv'));
  await cp(join(other.folder, 'qinglian.key'), keyFile);
  await chmod(keyFile, 0o600);
  const { code, err } = await desk.run('restore', backup);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`lacks key ${current} (it holds `) });
  await expect(stat(database)).rejects.toThrow('ENOENT');
});

it('a backup with one other byte, and one whose chain does not hold, replace nothing', async () => {
  await desk.run('backup', backup);
  const bytes = await readFile(backup);
  bytes.writeUInt8(bytes.readUInt8(HEADER_BYTES + 5000) ^ 1, HEADER_BYTES + 5000);
  const changed = join(backups, 'changed.backup');
  await writeFile(changed, bytes);
  const before = (await desk.run('verify', '--json')).out;
  expect((await desk.run('restore', changed, '--replace')).err).toContain(
    'its piece 1 is not what was written',
  );
  const tampered = join(backups, 'tampered.backup');
  await desk.look((store) =>
    store.database.write((rows) => rows.person.updateMany({ data: { name: '示例' } })),
  );
  await desk.run('backup', tampered);
  await desk.run('restore', backup, '--replace');
  const { code, err } = await desk.run('restore', tampered, '--replace');
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('differs from the last record') });
  expect((await desk.run('verify', '--json')).out).toBe(before);
  expect(await leftIn(desk.folder)).toEqual([]);
});

it('with --check a backup is verified beside a running service, and nothing is put anywhere', async () => {
  await desk.run('backup', backup);
  const service = await onlyOneAt(`file:${database}`);
  onTestFinished(() => service.release());
  const before = await readdir(desk.folder);
  const { code, out } = await desk.run('restore', backup, '--check');
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('nothing was put in place') });
  expect(await readdir(desk.folder)).toEqual(before);
});
