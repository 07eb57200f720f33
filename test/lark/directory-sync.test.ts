import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openLarkApi } from '../../bot/lark/calls/lark-api.ts';
import { defaultLimits } from '../../bot/lark/calls/limits.ts';
import {
  type DirectorySyncing,
  type DirectorySyncOptions,
  openDirectorySync,
} from '../../bot/lark/directory/directory-sync.ts';
import { lastSync, notedChanges } from '../../bot/lark/directory/noted-changes.ts';
import { verify } from '../../ledger/audit/verify.ts';
import { readDirectory } from '../../ledger/directory.ts';
import type { Store } from '../../ledger/store.ts';
import { openSampleRecord, personNamed, type SampleRecord } from '../sample-record.ts';
import { bureauWorld, Refused, type World, type WorldPerson } from './directory-world.ts';
import { openStandIn } from './stand-in/stand-in.ts';

const AT = new Date('2026-11-24T02:00:00Z');

let began: SampleRecord;
/** The same, once everybody was read. */
let bound: SampleRecord;
let record: SampleRecord;
let store: Store;
let world: World;
let sync: DirectorySyncing;
let now: Date;

beforeAll(async () => {
  began = await openSampleRecord(AT);
  now = AT;
  await from(() => began)();
  await sync.full();
  bound = record;
});
afterAll(async () => {
  await began.close();
  await bound.close();
});

const from = (base: () => SampleRecord) => async () => {
  record = await base().copy();
  store = record.store;
  world = await bureauWorld(store);
  sync = opened();
};
beforeEach(() => {
  now = AT;
});
afterEach(async () => {
  await sync.stop();
  expect((await verify(store.database.rows)).problems).toEqual([]);
  await record.close();
});

const opened = (options: Partial<DirectorySyncOptions> = {}): DirectorySyncing =>
  openDirectorySync({
    ...{ store, api: world.api, platform: 'lark', now: () => now, settleMs: 20, retryMs: 10 },
    log: pino({ level: 'silent' }),
    ...options,
  });

const inWorld = (staffNumber: string): WorldPerson => {
  const person = world.people.find(({ open_id }) => open_id === `ou_${staffNumber}`);
  if (!person) throw new Error(`Nobody has the number ${staffNumber}`);
  return person;
};
const changed = (staffNumber: string, left = false) =>
  sync.changed({ kind: 'person', openId: `ou_${staffNumber}`, left });
const resign = (staffNumber: string) => {
  world.people = world.people.filter(({ open_id }) => open_id !== `ou_${staffNumber}`);
};
const noted = async () => (await notedChanges(store, 'lark')).length;
const names = async () => (await readDirectory(store.database.rows)).people.map(({ name }) => name);
const apis = () => world.calls.splice(0).map(({ api }) => api);

describe('everybody, the first time', () => {
  beforeEach(from(() => began));

  test('is read, and that it was is remembered', async () => {
    expect((await sync.full()).bound).toHaveLength(21);
    expect(await lastSync(store.database.rows, 'lark')).toEqual({ at: AT, conflicts: [] });
    expect(sync.problem()).toBeUndefined();
  });

  test('stays as he was when a page fails, and the next attempt makes up for it', async () => {
    const before = await readDirectory(store.database.rows);
    await changed('S017');
    world.instead = ({ params }) => {
      if (params?.department_id === '0') throw new Refused(99991400);
    };
    await expect(sync.full()).rejects.toThrow('99991400');
    expect(sync.problem()).toBe('The directory was not taken over: code 99991400');
    expect((await readDirectory(store.database.rows)).people).toEqual(before.people);
    expect(await store.database.rows.account.count()).toBe(0);
    expect(await noted()).toBe(1);
    world.instead = () => undefined;
    await sync.full();
    expect(sync.problem()).toBeUndefined();
    expect(await noted()).toBe(0);
  });
});

describe('everybody, once more', () => {
  beforeEach(from(() => bound));

  test('has not left because he moved while the lists were read', async () => {
    world.instead = ({ api }) => {
      if (api !== 'contact.user.find_by_department') return undefined;
      return { has_more: false, items: world.people.filter(({ open_id }) => open_id !== 'ou_S017') };
    };
    expect((await sync.full()).left).toEqual([]);
    world.instead = () => undefined;
    resign('S017');
    expect((await sync.full()).left).toEqual(['林砚秋']);
  });

  test('who would all go at once stays, and operators are told why', async () => {
    world.people = world.people.slice(0, 3);
    await expect(sync.full()).rejects.toThrow('同时离开');
    expect(sync.problem()).toContain('21 人中将有 18 人同时离开');
    expect(await names()).toHaveLength(21);
  });
});

describe('what is noted', () => {
  beforeEach(from(() => bound));

  test('stands in the database before the event is acknowledged, and survives the process', async () => {
    resign('S017');
    await changed('S017', true);
    await sync.stop();
    sync = opened();
    await sync.run();
    expect(await names()).not.toContain('林砚秋');
    expect(await noted()).toBe(0);
  });

  test('is read and nobody else; where nothing is noted nothing is read', async () => {
    inWorld('S017').job_title = '副科长';
    await changed('S017');
    await sync.run();
    expect(apis()).toEqual(['contact.user.get', 'contact.department.get']);
    expect((await personNamed(store, '林砚秋')).post).toBe('副科长');
    await sync.run();
    expect(apis()).toEqual([]);
  });

  test('about somebody outside the contact range lets nobody go', async () => {
    world.instead = ({ api }) => {
      if (api === 'contact.user.get') throw new Refused(41050);
    };
    await changed('S017');
    await sync.run();
    expect(await names()).toContain('林砚秋');
    expect(await noted()).toBe(0);
  });

  test('about somebody who is here all the same lets nobody go either', async () => {
    await changed('S017', true);
    await sync.run();
    expect(await names()).toContain('林砚秋');
  });

  test('about somebody in a department that is new makes everybody be read', async () => {
    world.departments.push({ open_department_id: 'od-new', name: '成果科', parent_department_id: '0' });
    inWorld('S017').department_ids = ['od-new'];
    await changed('S017');
    await sync.run();
    expect(apis()).toContain('contact.department.children');
    expect((await personNamed(store, '林砚秋')).department).toBe('成果科');
  });

  test('while it is worked on is done again', async () => {
    inWorld('S017').job_title = '旧职务';
    world.instead = async ({ api }) => {
      if (api !== 'contact.user.get') return undefined;
      world.instead = () => undefined;
      const old = { ...inWorld('S017') };
      inWorld('S017').job_title = '新职务';
      await changed('S017');
      return { user: old };
    };
    await changed('S017');
    await sync.run();
    expect((await personNamed(store, '林砚秋')).post).toBe('旧职务');
    expect(await noted()).toBe(1);
    await sync.run();
    expect((await personNamed(store, '林砚秋')).post).toBe('新职务');
  });

  test('never runs twice at once', async () => {
    let underWay = 0;
    let most = 0;
    world.instead = async ({ api }) => {
      if (api !== 'contact.user.get') return undefined;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay -= 1;
      return undefined;
    };
    await changed('S017');
    await Promise.all([sync.run(), sync.run(), sync.run()]);
    expect(most).toBe(1);
  });
});

describe('by itself', () => {
  beforeEach(from(() => began));

  test('it reads everybody at the start, then what is noted, gathered, and everybody again at the next start', async () => {
    sync.start();
    await vi.waitFor(async () => expect(await lastSync(store.database.rows, 'lark')).toBeDefined());
    apis();
    for (const number of ['S016', 'S017', 'S016']) await changed(number);
    await vi.waitFor(async () => expect(await noted()).toBe(0));
    expect(apis().filter((api) => api === 'contact.user.get')).toHaveLength(2);
    await sync.stop();

    // What the app may read can have changed meanwhile.
    sync = opened();
    sync.start();
    await vi.waitFor(() => expect(apis()).toContain('contact.department.children'));
  });

  test('it tries again what failed, with longer and longer pauses', async () => {
    const attempts: number[] = [];
    world.instead = ({ api }) => {
      if (api !== 'contact.department.children') return undefined;
      attempts.push(performance.now());
      if (attempts.length < 5) throw new Refused(2200);
      return undefined;
    };
    sync.start();
    await vi.waitFor(async () => expect(await lastSync(store.database.rows, 'lark')).toBeDefined(), 5000);
    const pauses = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
    expect(pauses.map((pause, index) => pause >= 10 * 2 ** index - 1)).toEqual([true, true, true, true]);
  });

  test('it stops although the platform does not answer', async () => {
    world.instead = () => new Promise(() => undefined);
    sync.start();
    await vi.waitFor(() => expect(world.calls.length).toBeGreaterThan(0));
    await sync.stop();
    expect(await store.database.rows.account.count()).toBe(0);
    expect(sync.problem()).toBeUndefined();
  });
});

test('through the real SDK the stand-in of the platform gives its people', async () => {
  await from(() => began)();
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
    sync = opened({ api });
    expect((await sync.full()).added).toHaveLength(61);
    expect(await personNamed(store, '钱多多')).toMatchObject({ isHead: true, department: '成果科' });
    platform.directory.removePerson(head.openId);
    await sync.changed({ kind: 'person', openId: head.openId, left: true });
    await sync.run();
    expect(await names()).not.toContain('钱多多');
    platform.directory.wholeCompany = false;
    await expect(sync.full()).rejects.toThrow('40004');
    expect(await names()).toContain('示例100');
  } finally {
    api.stop();
    await platform.close();
  }
});
