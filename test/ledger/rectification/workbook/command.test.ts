import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../../../ledger/audit/verify.ts';
import type { Store } from '../../../../ledger/store.ts';
import { type CommandDesk, openCommandDesk, sampleFile } from '../../../cli/desk.ts';
import { HEAD, ROW, sheetOf } from './files.ts';

let desk: CommandDesk;
let file: string;

beforeEach(async () => {
  desk = await openCommandDesk();
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  file = join(desk.folder, '示例整改台账.xlsx');
  await writeFile(file, await sheetOf([HEAD, ROW, [2, '作风', '办事拖延', '限时办结', '', '', '', '3月底']]));
});

afterEach(() => desk.close());

const entries = ({ database }: Store) => database.rows.entry.findMany({ orderBy: { position: 'asc' } });

describe('import ledger', () => {
  test('shows the columns, the first rows and what would be added, and writes nothing before --yes', async () => {
    const { code, out } = await desk.run('import', 'ledger', file);
    expect(code).toBe(0);
    expect(out).toContain('整改措施 ← D 列「整改措施」');
    expect(out).toContain('第 2 行：方面 项目管理；问题 评审回避不严；整改措施 修订评审规程');
    expect(out).toContain('新建轮次「示例整改台账」，没有写反馈日期：新增 2 行');
    expect(out).toContain('还没有写入。核对后加上 --yes 再运行一次');
    expect(await desk.look(entries)).toEqual([]);
    expect((await desk.run('import', 'ledger', file, '--yes', '--dry-run')).out).toContain('试运行，未写入');
    expect(await desk.look(entries)).toEqual([]);
  });

  test('adds with --yes, once, and counts dates without a year from the feedback', async () => {
    const args = [
      'import',
      'ledger',
      file,
      '--round',
      'new',
      '--title',
      '示例审计',
      '--feedback',
      '2026-11-20',
      '--yes',
    ];
    expect((await desk.run(...args)).out).toContain('轮次 Z1：新增 2 行');
    expect((await desk.run(...args)).out).toContain('轮次 Z1：新增 0 行，更改 0 行，不变 2 行');
    const found = await desk.look(entries);
    expect(found.map(({ ref, state, dueOn }) => [ref, state, dueOn])).toEqual([
      ['Z1', 'progressing', null],
      ['Z1-1', 'progressing', null],
      ['Z1-1-1', 'assigned', '2026-12-31'],
      ['Z1-2', 'progressing', null],
      ['Z1-2-1', 'unassigned', '2027-03-31'],
    ]);
    expect(found[0]).toMatchObject({ title: '示例审计', data: { source: '审计', feedbackOn: '2026-11-20' } });
    expect((await desk.look((store) => verify(store.database.rows))).problems).toEqual([]);
  });

  test('shows a date as it was read, and leaves out a 责任领导 who would judge his own work', async () => {
    const own = join(desk.folder, '自己.xlsx');
    const row = ['评审回避不严', '修订评审规程', '顾长风', '顾长风', '3月底'];
    await writeFile(own, await sheetOf([['问题', '整改措施', '责任领导', '责任人', '整改时限'], row]));
    const { out } = await desk.run('import', 'ledger', own, '--feedback', '2026-11-20', '--yes');
    expect(out).toContain('整改时限 3月底 → 2027-03-31');
    expect(out).toContain(
      '「台账」第 2 行（1-1）新增：责任领导（C 列）「顾长风」同时是责任人，不能审核自己的销号：责任领导没有导入，这一项待分派',
    );
    const made = await desk.look(({ database }) =>
      database.rows.entry.findUniqueOrThrow({ where: { ref: 'Z1-1-1' }, include: { people: true } }),
    );
    expect(made).toMatchObject({ state: 'unassigned', dueOn: '2027-03-31' });
    expect(made.people.map(({ part }) => part)).toEqual(['responsible']);
  });

  test('makes no round for rows that all belong elsewhere', async () => {
    const elsewhere = join(desk.folder, '别轮.xlsx');
    const head = ['编号', '整改措施', '问题', '版本'];
    await writeFile(elsewhere, await sheetOf([head, ['Z3-1-1', '甲', '乙', 1]]));
    const { code, out } = await desk.run('import', 'ledger', elsewhere, '--yes');
    expect(code).toBe(0);
    expect(out).toContain('没有导入 1 行。没有可以新增或更改的行，没有写入。');
    expect(await desk.look(entries)).toEqual([]);
  });

  test('changes nothing that is there: that is for officers, on the page', async () => {
    await desk.run('import', 'ledger', file, '--yes');
    const numbered = join(desk.folder, '改.xlsx');
    await writeFile(
      numbered,
      await sheetOf([
        ['编号', '整改措施', '问题', '整改目标', '版本'],
        ['Z1-1-1', '甲', '乙', '改了', 1],
      ]),
    );
    const { out } = await desk.run('import', 'ledger', numbered, '--round', 'Z1', '--yes', '--json');
    expect(JSON.parse(out)).toMatchObject({ round: 'Z1', rows: [{ ref: 'Z1-1-1', kind: 'same' }] });
    expect((await desk.look(entries)).map(({ version }) => version)).toEqual([1, 1, 1, 1, 1]);
  });

  test('takes another column for something with --map, and knows it the next time', async () => {
    const odd = join(desk.folder, 'odd.csv');
    await writeFile(odd, '问题,甲,整改措施\n问题一二三,真正的措施,不是\n');
    const { out } = await desk.run('import', 'ledger', odd, '--map', '整改措施=B', '--yes');
    expect(out).toContain('整改措施 ← B 列「甲」');
    const again = await desk.run('import', 'ledger', odd, '--title', '又一轮');
    expect(again.out).toContain('整改措施 ← B 列「甲」');
    expect(again.out).toContain('列的对应关系与上次确认的相同');
  });

  test('says what is wrong with an option or a file in one sentence', async () => {
    const wrong = async (...args: string[]) => {
      const { code, err } = await desk.run('import', 'ledger', ...args);
      expect(code).toBe(1);
      expect(err.trim().split('\n')).toHaveLength(1);
      return err;
    };
    expect(await wrong(file, '--map', '标题=A')).toContain('expected a name and a column');
    expect(await wrong(file, '--feedback', '去年')).toContain('expected a date');
    expect(await wrong(file, '--feedback', '2026-12-01')).toContain(
      '反馈日期 2026-12-01 还没有到，今天是 2026-11-23',
    );
    expect(await wrong(file, '--round', 'Z9')).toContain('没有找到编号「Z9」');
    expect(await wrong(sampleFile('rectification-report.txt'))).toContain('.txt 文件');
  });
});
