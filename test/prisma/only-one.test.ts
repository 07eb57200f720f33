import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isTaken, onlyOneAt } from '../../prisma/only-one.ts';
import { openDatabase } from '../../prisma/open-database.ts';

const ONLY_ONE = pathToFileURL(join(import.meta.dirname, '../../prisma/only-one.ts')).href;

let folder: string;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-one-'));
  url = `file:${join(folder, 'x.db')}`;
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Another process that serves the record until it is killed. */
async function another() {
  const script = `import { onlyOneAt } from ${JSON.stringify(ONLY_ONE)};
    const held = await onlyOneAt(${JSON.stringify(url)});
    process.stdout.write('held');
    setInterval(() => held, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

it('lets one service at a record, and tells the second which file it is and what to do', async () => {
  const child = await another();
  expect(await isTaken(url)).toBe(true);
  await expect(onlyOneAt(url, 50)).rejects.toThrow(
    `Another service is running on ${join(folder, 'x.db')}: stop that one first`,
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await isTaken(url)).toBe(false);
  const next = await onlyOneAt(url);
  next.release();
});

it('leaves nothing behind but an empty file that only its owner can read', async () => {
  const one = await onlyOneAt(url);
  one.release();
  one.release();
  expect(await readdir(folder)).toEqual(['x.db.running']);
  const { size, mode } = await stat(join(folder, 'x.db.running'));
  expect({ size, mode: mode & 0o777 }).toEqual({ size: 0, mode: 0o600 });
});

it('does not stand in the way of whoever reads or writes the record, nor of who only asks', async () => {
  const one = await onlyOneAt(url);
  const database = await openDatabase(url);
  await database.write((rows) => rows.meta.create({ data: { name: 'a', value: 'b' } }));
  await database.close();
  expect(await isTaken(url)).toBe(true);
  expect(await isTaken(url)).toBe(true);
  one.release();
  expect(await isTaken(url)).toBe(false);
});

it('knows the record by another name of its file', async () => {
  await writeFile(join(folder, 'x.db'), '');
  await symlink(join(folder, 'x.db'), join(folder, 'y.db'));
  const one = await onlyOneAt(url);
  expect(await isTaken(`file:${join(folder, 'y.db')}`)).toBe(true);
  one.release();
});

it('says what is wrong where no lock can be kept, and takes none on a database for several', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(onlyOneAt(`file:${join(folder, 'file', 'x.db')}`)).rejects.toThrow(
    /x\.db\.running cannot be written .*: the service needs a folder that it may write in/,
  );
  const postgresql = 'postgresql://host/db';
  const both = [await onlyOneAt(postgresql), await onlyOneAt(postgresql)];
  expect(await isTaken(postgresql)).toBe(false);
  for (const one of both) one.release();
});
