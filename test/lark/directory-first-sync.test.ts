import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { openLarkApi } from '../../bot/lark/calls/lark-api.ts';
import { defaultLimits } from '../../bot/lark/calls/limits.ts';
import { lastSync } from '../../bot/lark/directory/noted-changes.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { personNamed } from '../sample-record.ts';
import { AT, type DirectoryDesk, freshDesks } from './directory-desk.ts';
import { Refused } from './directory-world.ts';
import { openStandIn } from './stand-in/stand-in.ts';

let desk: DirectoryDesk;

freshDesks(AT, (fresh) => {
  desk = fresh;
});

describe('everybody, the first time', () => {
  test('is read, and that it was is remembered', async () => {
    expect((await desk.sync.full()).bound).toHaveLength(21);
    expect(await lastSync(desk.store.database.rows, 'lark')).toEqual({ at: AT, conflicts: [] });
    expect(desk.sync.problem()).toBeUndefined();
  });

  test('stays as he was when a page fails, and the next attempt makes up for it', async () => {
    const before = await readDirectory(desk.store.database.rows);
    await desk.changed('S017');
    desk.world.instead = ({ params }) => {
      if (params?.department_id === '0') throw new Refused(99991400);
    };
    await expect(desk.sync.full()).rejects.toThrow('99991400');
    expect(desk.sync.problem()).toBe('The directory was not taken over: code 99991400');
    expect((await readDirectory(desk.store.database.rows)).people).toEqual(before.people);
    expect(await desk.store.database.rows.account.count()).toBe(0);
    expect(await desk.noted()).toBe(1);
    desk.world.instead = () => undefined;
    await desk.sync.full();
    expect(desk.sync.problem()).toBeUndefined();
    expect(await desk.noted()).toBe(0);
  });
});

describe('by itself', () => {
  test('it reads everybody at the start, then what is noted, gathered, and everybody again at the next start', async () => {
    desk.sync.start();
    await vi.waitFor(async () => expect(await lastSync(desk.store.database.rows, 'lark')).toBeDefined());
    desk.apis();
    for (const number of ['S016', 'S017', 'S016']) await desk.changed(number);
    await vi.waitFor(async () => expect(await desk.noted()).toBe(0));
    expect(desk.apis().filter((api) => api === 'contact.user.get')).toHaveLength(2);
    await desk.sync.stop();

    // What the app may read can have changed meanwhile.
    desk.sync = desk.openSync();
    desk.sync.start();
    await vi.waitFor(() => expect(desk.apis()).toContain('contact.department.children'));
  });

  test('it tries again what failed, with longer and longer pauses', async () => {
    const attempts: number[] = [];
    desk.world.instead = ({ api }) => {
      if (api !== 'contact.department.children') return undefined;
      attempts.push(performance.now());
      if (attempts.length < 5) throw new Refused(2200);
      return undefined;
    };
    desk.sync.start();
    await vi.waitFor(
      async () => expect(await lastSync(desk.store.database.rows, 'lark')).toBeDefined(),
      5000,
    );
    const pauses = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
    expect(pauses.map((pause, index) => pause >= 10 * 2 ** index - 1)).toEqual([true, true, true, true]);
  });

  test('it stops although the platform does not answer', async () => {
    desk.world.instead = () => new Promise(() => undefined);
    desk.sync.start();
    await vi.waitFor(() => expect(desk.world.calls.length).toBeGreaterThan(0));
    await desk.sync.stop();
    expect(await desk.store.database.rows.account.count()).toBe(0);
    expect(desk.sync.problem()).toBeUndefined();
  });
});

test('through the real SDK the stand-in of the platform gives its people', async () => {
  const platform = await openStandIn();
  for (const scope of [
    ...['contact:contact.base:readonly', 'contact:department.base:readonly', 'contact:user.base:readonly'],
    ...[
      'contact:department.organize:readonly',
      'contact:user.department:readonly',
      'contact:user.employee:readonly',
    ],
  ])
    platform.scopes.add(scope);
  const { openDepartmentId } = platform.directory.addDepartment({ name: '成果科' });
  for (let number = 100; number < 160; number += 1) {
    const employeeNo = `S${number}`;
    platform.directory.addPerson({ name: `示例${number}`, employeeNo, departments: [openDepartmentId] });
  }
  const head = platform.directory.addPerson({
    name: '钱多多',
    employeeNo: 'S900',
    departments: [openDepartmentId],
  });
  Object.assign(platform.directory.departments.get(openDepartmentId) ?? {}, { leader: head.openId });
  const access = { appId: platform.appId, appSecret: platform.appSecret, baseUrl: platform.address };
  const api = openLarkApi(access, {
    limits: defaultLimits,
    timeoutMs: 2000,
    now: () => performance.now(),
    log: pino({ level: 'silent' }),
  });
  try {
    desk.sync = desk.openSync({ api });
    expect((await desk.sync.full()).added).toHaveLength(61);
    expect(await personNamed(desk.store, '钱多多')).toMatchObject({ isHead: true, department: '成果科' });
    platform.directory.removePerson(head.openId);
    await desk.sync.changed({ kind: 'person', openId: head.openId, left: true });
    await desk.sync.run();
    expect(await desk.names()).not.toContain('钱多多');
    platform.directory.wholeCompany = false;
    await expect(desk.sync.full()).rejects.toThrow('40004');
    expect(await desk.names()).toContain('示例100');
  } finally {
    api.stop();
    await platform.close();
  }
});
