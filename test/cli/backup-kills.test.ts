import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runs } from '../chance.ts';
import { type CommandDesk, openCommandDesk, sampleFile } from './desk.ts';
import { hasBegun, leftIn, startCommand } from './real-command.ts';

let desk: CommandDesk;
let backups: string;
let database: string;

beforeEach(async () => {
  desk = await openCommandDesk();
  backups = join(desk.folder, 'backups');
  database = join(desk.folder, 'qinglian.db');
  await mkdir(backups);
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  // Long enough on its way that it can be caught there.
  await desk.look((store) =>
    store.database.write(async (rows) => {
      for (let part = 0; part < 64; part++)
        await rows.meta.create({ data: { name: `ballast-${part}`, value: 'x'.repeat(1024 * 1024) } });
    }),
  );
});
afterEach(() => desk.close());

const command = (...args: string[]) =>
  startCommand({ DATA_DIR: desk.folder, QINGLIAN_CONFIG: join(desk.folder, 'rules.yaml') }, ...args);

/** Some instants within so many milliseconds. */
const instants = (count: number, withinMs: number) =>
  Array.from({ length: runs(count) }, (_, turn) => ((turn + 0.5) * withinMs) / runs(count));

it('a backup that is killed leaves no file of its name, and the next one clears away what it left', async () => {
  let caught = 0;
  for (const kind of ['copy', 'part']) {
    const place = kind === 'copy' ? desk.folder : backups;
    for (const [turn, afterMs] of instants(2, 60).entries()) {
      const file = join(backups, `${kind}-${turn}.backup`);
      const killed = command('backup', file);
      if (!(await hasBegun(killed, place, kind))) continue;
      await wait(afterMs);
      await killed.kill();
      caught += (await leftIn(place)).length;
      const isThere = (await readdir(backups)).includes(`${kind}-${turn}.backup`);
      // It may have been quicker: then it is whole.
      if (isThere) expect((await desk.run('restore', file, '--check')).code).toBe(0);
    }
  }
  expect(caught).toBeGreaterThan(0);
  expect((await desk.run('backup', join(backups, 'next.backup'))).code).toBe(0);
  expect([await leftIn(backups), await leftIn(desk.folder)]).toEqual([[], []]);
  expect((await desk.run('restore', join(backups, 'next.backup'), '--check')).code).toBe(0);
});

it('a restore that is killed leaves the former record in its place, and can be done again', async () => {
  const backup = join(backups, 'one.backup');
  await desk.run('backup', backup);
  await desk.run('role', 'give', '何望舒', '督查员');
  const digest = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  const before = await digest(database);
  let caught = 0;
  for (const afterMs of instants(4, 300)) {
    const killed = command('restore', backup, '--replace');
    expect(await hasBegun(killed, desk.folder, 'restore')).toBe(true);
    await wait(afterMs);
    await killed.kill();
    caught += (await leftIn(desk.folder)).length;
    // It may have been quicker than that: then the former one is beside, whole.
    const kept = (await readdir(desk.folder)).find((name) => name.includes('.replaced-'));
    expect(await digest(kept ? join(desk.folder, kept) : database)).toBe(before);
    if (kept) return;
  }
  expect(caught).toBeGreaterThan(0);
  const { code, out } = await desk.run('restore', backup, '--replace', '--json');
  expect(code).toBe(0);
  expect(await leftIn(desk.folder)).toEqual([]);
  expect((await desk.run('verify')).code).toBe(0);
  expect(await digest(JSON.parse(out).kept)).toBe(before);
});
