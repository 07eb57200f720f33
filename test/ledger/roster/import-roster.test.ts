import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { personDigest } from '../../../ledger/audit/digest.ts';
import { auditBodySchema } from '../../../ledger/audit/trail.ts';
import { operate } from '../../../ledger/operation.ts';
import { importRoster } from '../../../ledger/roster/import-roster.ts';
import { readRoster } from '../../../ledger/roster/read-roster.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { assign } from '../../jobs/at-work.ts';
import { AT, accountOf, auditCount, numbered, ownerOf, snapshotOf, sync } from './bureau-snapshot.ts';
import { csvOf } from './files.ts';

let store: Store;

verifiedCopies(AT, (copy) => {
  store = copy.store;
});

const HEAD = '工号,姓名,科室,职务,角色,飞书账号';
const read = (...rows: string[]) => readRoster('花名册.csv', csvOf(HEAD, ...rows));
const imported = async (rows: string[], isComplete = false) => {
  const roster = await read(...rows);
  return operate(store, { actor: 'command:import-roster', at: AT }, (operation) =>
    importRoster(operation, roster, { isComplete }),
  );
};
const SECRETARY = 'S001,田守正,局领导,党组书记、局长,党组书记';

describe('an account in the roster', () => {
  test('binds it to the person, once', async () => {
    expect(await imported([`${SECRETARY},ou_1`])).toMatchObject({
      bound: ['田守正'],
      changed: [],
      unchanged: 0,
    });
    expect((await ownerOf(store, 'ou_1')).staffNumber).toBe('S001');
    const records = await auditCount(store);
    expect(await imported([`${SECRETARY},ou_1`])).toMatchObject({ bound: [], unchanged: 1 });
    expect(await auditCount(store)).toBe(records);
  });

  test('takes it from whoever had it, and gives another one up', async () => {
    await sync(store, await snapshotOf(store));
    const taken = accountOf('何望舒');
    await imported([`${SECRETARY},${taken}`]);
    expect((await numbered(store, 'S001')).accounts).toMatchObject([{ externalId: taken }]);
    expect((await numbered(store, 'S006')).accounts).toEqual([]);
    expect((await numbered(store, 'S006')).active).toBe(true);
  });

  test('joins who came in by the chat alone with who is in the roster', async () => {
    const people = [{ externalId: 'ou_1', name: '田守正', hasLeft: false }];
    await sync(store, { platform: 'lark', isComplete: false, departments: [], people });
    const result = await imported([`${SECRETARY},ou_1`]);
    expect(result).toMatchObject({ bound: ['田守正'], left: ['田守正'] });
    expect((await ownerOf(store, 'ou_1')).staffNumber).toBe('S001');
    expect((await numbered(store, 'lark:ou_1')).active).toBe(false);
  });

  test('gives his number to who came in by the chat alone', async () => {
    const people = [{ externalId: 'ou_1', name: '钱多多', hasLeft: false }];
    await sync(store, { platform: 'lark', isComplete: false, departments: [], people });
    const { id } = await numbered(store, 'lark:ou_1');
    expect(await imported(['S900,钱多多,办公室,,督查员,ou_1'])).toMatchObject({
      added: [],
      changed: ['钱多多'],
    });
    expect(await numbered(store, 'S900')).toMatchObject({ id, roles: ['supervisor'] });
  });

  test.each([
    ['S001,田守正,局领导,,,on_1', '应为 ou_ 开头的 open_id'],
    ['S001,田守正,局领导,,,7be5fg9a', '应为 ou_ 开头的 open_id'],
  ])('is an open_id: %s', async (row, sentence) => {
    await expect(read(row)).rejects.toThrow(sentence);
  });

  test('belongs to one row', async () => {
    const rows = ['S001,田守正,局领导,,,ou_1', 'S002,孟知行,局领导,,,ou_1'];
    await expect(read(...rows)).rejects.toThrow('第 3 行：飞书账号「ou_1」与第 2 行重复');
  });
});

test('who is not in a complete roster has left, and what he had passes on', async () => {
  await assign(store, 'Z1-1-1', { responsible: ['林砚秋'], dueOn: '2027-01-31', at: AT });
  const rows = [SECRETARY, 'S015,方远山,高新技术科,科长,科室负责人'].map((row) => `${row},`);
  const result = await imported(rows, true);
  expect(result.left).toHaveLength(19);
  expect(result).toMatchObject({ passedOn: ['Z1-1-1'], orphaned: ['Z1-1-1'] });
  expect(await numbered(store, 'S005')).toMatchObject({ active: false, roles: [], isHead: false });
});

test('a person without an account has the digest that he had before accounts were covered', async () => {
  const { rows } = store.database;
  const person = await numbered(store, 'S001');
  const written = (await rows.auditRecord.findMany({ where: { action: 'roster.add' } })).map(
    ({ body }) => auditBodySchema.parse(JSON.parse(Buffer.from(body).toString())).subject,
  );
  expect(written.find((subject) => subject?.id === person.id)?.digest).toBe(personDigest(person));
  const { active, departmentId, id, isHead, name, post, roles, staffNumber } = person;
  const sorted = JSON.stringify({ active, departmentId, id, isHead, name, post, roles, staffNumber });
  expect(personDigest(person)).toBe(createHash('sha256').update(sorted).digest('hex'));
});
