import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlDriverAdapter, SqlQuery } from '@prisma/driver-adapter-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../prisma/database.ts';
import { openDatabase } from '../../prisma/open-database.ts';
import { SqliteConnection } from '../../prisma/sqlite-connection.ts';

let folder: string;
let database: Database;
let driver: SqlDriverAdapter;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-driver-'));
  const url = `file:${join(folder, 'x.db')}`;
  database = await openDatabase(url);
  driver = await new SqliteConnection(url).connect();
});

afterEach(async () => {
  await driver.dispose();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const asked = (sql: string, ...args: unknown[]): SqlQuery => ({
  sql,
  args,
  argTypes: args.map(() => ({ scalarType: 'unknown', arity: 'scalar' })),
});

const department = { id: 'office', name: '办公室' };

describe('what is written', () => {
  it('comes back as it was: yes and no, bytes, instants to the millisecond, JSON, texts in any script, nothing', async () => {
    const written = {
      id: '1',
      key: '键 🀄 \u0000 end',
      personId: 'p',
      isGroup: true,
      sealed: new Uint8Array([0, 255, 13]),
      createdAt: new Date('1999-12-31T16:00:00.001Z'),
      notBefore: new Date('2026-11-22T00:00:00.999Z'),
      state: 'waiting',
      attempts: 2_147_483_647,
    };
    await database.rows.outbox.create({ data: written });
    expect(await database.rows.outbox.findUnique({ where: { id: '1' } })).toMatchObject({
      ...written,
      isExempt: false,
      job: null,
      sentAt: null,
    });
    await database.rows.department.create({ data: department });
    const roles = ['head', { 深: [1, 2.5, null, true] }];
    const person = { id: 'p', staffNumber: 'B1', name: '示例', departmentId: 'office', post: '' };
    await database.rows.person.create({ data: { ...person, roles, isHead: false, active: true } });
    expect(await database.rows.person.findFirst()).toMatchObject({ ...person, roles, active: true });
  });

  it('is found by instants before and after', async () => {
    const at = new Date('2026-11-22T08:00:00.500Z');
    await database.rows.anchor.create({ data: { hash: new Uint8Array([1]), givenAt: at } });
    const count = (givenAt: { gt: Date } | { lte: Date }) =>
      database.rows.anchor.count({ where: { givenAt } });
    expect(await count({ lte: at })).toBe(1);
    expect(await count({ gt: new Date(at.getTime() - 1) })).toBe(1);
    expect(await count({ gt: at })).toBe(0);
  });

  it('keeps whole numbers whole', async () => {
    const { rows } = await driver.queryRaw(asked('SELECT typeof(?), typeof(?), typeof(?)', 5, 2.5, 2 ** 40));
    expect(rows).toEqual([['integer', 'real', 'integer']]);
  });
});

describe('a statement', () => {
  it('that was prepared and then refused serves again', async () => {
    const add = (id: string) =>
      database.write((rows) => rows.department.create({ data: { ...department, id } }));
    await add('1');
    for (let turn = 0; turn < 3; turn++) await expect(add('2')).rejects.toThrow();
    await database.write((rows) => rows.department.create({ data: { id: '3', name: '计划科' } }));
    expect(await database.rows.department.count()).toBe(2);
  });

  it('in a thousand wordings makes room for the next', async () => {
    for (let number = 0; number < 1000; number++)
      expect((await driver.queryRaw(asked(`SELECT ${number} AS "n"`))).rows).toEqual([[number]]);
    expect((await driver.queryRaw(asked('SELECT 0 AS "n"'))).columnNames).toEqual(['n']);
  });

  it('sees the columns that a table got after it was prepared', async () => {
    const all = asked('SELECT "id" FROM "Department"');
    await driver.queryRaw(all);
    await driver.executeScript('ALTER TABLE "Department" ADD COLUMN "later" TEXT');
    await driver.executeRaw(asked(`INSERT INTO "Department" ("id", "name", "later") VALUES ('a', 'b', 'c')`));
    expect((await driver.queryRaw(all)).rows).toEqual([['a']]);
  });
});

describe('a refusal of SQLite', () => {
  it('names what stands there already', async () => {
    await database.rows.department.create({ data: department });
    const twice = database.rows.department.create({ data: { ...department, id: 'other' } });
    await expect(twice).rejects.toMatchObject({ code: 'P2002' });
    await expect(twice).rejects.toThrow('name');
  });

  it('tells what refers to nothing', async () => {
    const lost = database.rows.departmentLink.create({
      data: { platform: 'lark', externalId: 'x', departmentId: 'nowhere' },
    });
    await expect(lost).rejects.toMatchObject({ code: 'P2003' });
  });

  it('tells what may not be empty', async () => {
    const empty = driver.executeRaw(
      asked('INSERT INTO "Department" ("id", "name") VALUES (?, ?)', 'x', null),
    );
    await expect(empty).rejects.toMatchObject({
      cause: { kind: 'NullConstraintViolation', constraint: { fields: ['name'] } },
    });
  });
});

describe('a transaction', () => {
  it('lets nothing from outside into it', async () => {
    const seen: number[] = [];
    const inside = database.write(async (rows) => {
      await rows.department.create({ data: department });
      const outside = database.rows.department.count().then((count) => seen.push(count));
      await rows.department.create({ data: { id: '2', name: '计划科' } });
      expect(seen).toEqual([]);
      return { outside };
    });
    await (await inside).outside;
    expect(seen).toEqual([2]);
  });

  it('whose end is refused leaves nothing behind, and lets the next one begin', async () => {
    const one = await driver.startTransaction();
    await one.executeRaw(asked('PRAGMA defer_foreign_keys = ON'));
    const link = `INSERT INTO "DepartmentLink" ("platform", "externalId", "departmentId") VALUES ('x', 'y', 'nowhere')`;
    await one.executeRaw(asked(link));
    await expect(one.commit()).rejects.toMatchObject({ cause: { kind: 'ForeignKeyConstraintViolation' } });
    const next = await driver.startTransaction();
    await next.executeRaw(asked(`INSERT INTO "Department" ("id", "name") VALUES ('a', 'b')`));
    await next.commit();
    const { rows } = await driver.queryRaw(
      asked('SELECT (SELECT COUNT(*) FROM "DepartmentLink"), COUNT(*) FROM "Department"'),
    );
    expect(rows).toEqual([[0, 1]]);
  });

  it('goes back to where a part of it began', async () => {
    const whole = await driver.startTransaction();
    const add = (id: string) =>
      whole.executeRaw(asked('INSERT INTO "Department" ("id", "name") VALUES (?, ?)', id, id));
    await add('kept');
    await whole.createSavepoint?.('part');
    await add('undone');
    await whole.rollbackToSavepoint?.('part');
    await whole.releaseSavepoint?.('part');
    await whole.commit();
    expect((await driver.queryRaw(asked('SELECT "id" FROM "Department"'))).rows).toEqual([['kept']]);
  });
});
