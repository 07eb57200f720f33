import { describe, expect, test } from 'vitest';
import { readRoster } from '../../../ledger/roster/read-roster.ts';
import { csvOf } from './files.ts';

const withOne = (heading: string, cell: string) =>
  readRoster('花名册.csv', csvOf(`工号,姓名,科室,${heading}`, `S001,方远山,办公室,${cell}`));

describe('飞书账号', () => {
  test('is an open_id, or left empty', async () => {
    expect((await withOne('飞书账号', 'ou_sample01'))[0]).toMatchObject({ larkAccount: 'ou_sample01' });
    expect((await withOne('飞书账号', 'ｏｕ_sample01'))[0]).toMatchObject({ larkAccount: 'ou_sample01' });
    expect((await withOne('飞书账号', ''))[0]).not.toHaveProperty('larkAccount');
  });

  test.each(['on_sample01', 'xou_sample01', 'ou_sample-01', 'ou_', '方远山'])('is not 「%s」', async (id) => {
    await expect(withOne('飞书账号', id)).rejects.toThrow(
      `第 2 行：飞书账号「${id}」应为 ou_ 开头的 open_id`,
    );
  });
});

describe('角色', () => {
  test.each([
    ['无', []],
    ['审计员、 统分员', ['auditor', 'tally']],
    [' 、审计员、', ['auditor']],
  ])('「%s」 is %j', async (cell, roles) => {
    expect((await withOne('角色', cell))[0]?.roles).toEqual(roles);
  });

  test.each([
    ['督查人员', '角色「督查人员」不认识，是否应为「督查员」？'],
    ['书记', '角色「书记」不认识，是否应为「党组书记」？'],
    ['长'.repeat(20), `角色「${'长'.repeat(20)}」不认识，可用：`],
    ['长'.repeat(21), `角色「${'长'.repeat(20)}…」不认识，可用：`],
  ])('「%s」 is refused with the word that at least half resembles it, if any: %s', async (cell, sentence) => {
    await expect(withOne('角色', cell)).rejects.toThrow(sentence);
  });
});

test('a name has up to fifty characters', async () => {
  const named = (name: string) => readRoster('花名册.csv', csvOf('工号,姓名,科室', `S001,${name},办公室`));
  expect(await named('示'.repeat(50))).toHaveLength(1);
  await expect(named('示'.repeat(51))).rejects.toThrow('姓名有 51 字，最多 50 字');
});
