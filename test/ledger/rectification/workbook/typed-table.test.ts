import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../../config/rules.ts';
import { findLayout } from '../../../../ledger/rectification/workbook/layout.ts';
import {
  ledgerRows,
  namedRound,
  notesOf,
  proposedRound,
  readLedgerFile,
  withColumns,
} from '../../../../ledger/rectification/workbook/ledger-file.ts';
import { gather, rowsOf } from '../../../../ledger/rectification/workbook/rows.ts';

const LIMITS = defaultRules.import;
const HEAD = '编号,问题,整改措施,责任人';

const open = (lines: readonly string[], limits = LIMITS) =>
  readLedgerFile('示例台账.csv', new TextEncoder().encode(lines.join('\n')), limits);

async function read(lines: readonly string[], limits = LIMITS) {
  const file = await open(lines, limits);
  const found = ledgerRows(file, limits);
  const rows = found.rows.map(({ line, aspect, problem, measure }) => ({ line, aspect, problem, measure }));
  return { rows, notes: notesOf(file, found) };
}

describe('a ledger that an office typed', () => {
  it('says above several problems what they are about, and below one problem several measures', async () => {
    const { rows } = await read([
      ...['示例单位整改台账', HEAD, '一、党的领导方面', '1,1.学习不深,（1）集中学习', ',,（2）交流研讨'],
      ...['（二）选人用人方面：', '2,程序不严,修订规程', '合计,,'],
    ]);
    expect(rows).toEqual([
      { line: 4, aspect: '党的领导方面', problem: '学习不深', measure: '集中学习' },
      { line: 5, aspect: '党的领导方面', problem: '学习不深', measure: '交流研讨' },
      { line: 7, aspect: '选人用人方面：', problem: '程序不严', measure: '修订规程' },
    ]);
  });

  it('has its headings on each printed page, and they are no rows', async () => {
    const { rows } = await read([HEAD, '1,学习不深,集中学习', HEAD, '2,程序不严,修订规程']);
    expect(rows.map(({ problem }) => problem)).toEqual(['学习不深', '程序不严']);
  });

  it('has rows without problem and measure, which are named, and rows that are the same, read once', async () => {
    const { rows, notes } = await read([HEAD, '1,学习不深,集中学习', '2,,,张三', '1,学习不深,集中学习']);
    expect(rows).toHaveLength(1);
    expect(notes).toContain('「csv」第 3 行没有问题也没有措施，没有读入。');
    expect(notes).toContain('「csv」第 4 行与第 2 行相同，没有重复读入。');
  });

  it('is counted by pairs of sheets where one is a copy of the other', async () => {
    const { layouts } = await open([HEAD, '1,学习不深,集中学习', '2,程序不严,修订规程']);
    const once = layouts.map(rowsOf);
    const copy = once.map((found) => ({
      ...found,
      rows: found.rows.map((row) => ({ ...row, sheet: '副本' })),
    }));
    const { rows, notes } = gather([...once, ...copy]);
    expect(rows).toHaveLength(2);
    expect(notes).toContain('工作表「副本」与「csv」有 2 行相同，没有重复读入。');
  });

  it('is refused with every place where a measure has no problem above it', async () => {
    await expect(read([HEAD, '1,,集中学习', '2,程序不严,修订规程'])).rejects.toThrow(
      '表格有 1 处需要修改，未读入任何内容：「csv」第 2 行有措施，但它和它的上面都没有问题。',
    );
    const many = Array.from({ length: 52 }, (_, index) => `${index + 1},,措施${index}`);
    await expect(read([HEAD, ...many])).rejects.toThrow(/表格有 52 处需要修改.*；另有 2 处。$/u);
    await expect(read([HEAD])).rejects.toThrow('表头下面没有问题，也没有整改措施。');
  });

  it('is refused where a cell, the rows or the columns are more than the rules allow', async () => {
    const small = { ...LIMITS, maxRows: 2, maxColumns: 5, maxCharacters: 100 };
    await expect(read([HEAD, `1,${'长'.repeat(101)},集中学习`], small)).rejects.toThrow(
      '「csv」第 2 行 B 列（问题）有 101 字，最多 100 字',
    );
    await expect(read([HEAD, '1,学习不深,集中学习,,,多'], small)).rejects.toThrow(
      '第 2 行写到了第 6 列，最多 5 列，没有读入。',
    );
    const rows = (count: number) => Array.from({ length: count }, (_, index) => `${index},问题${index},措施`);
    await expect(read([HEAD, ...rows(3)], small)).rejects.toThrow(
      '共有 3 行，最多 2 行。请分成几个文件后再试。',
    );
    await expect(read([HEAD, ...rows(42)], small)).rejects.toThrow('已超过 2 行，没有读入。');
    await expect(read([HEAD, ...rows(2)], small)).resolves.toMatchObject({ rows: [{}, {}] });
  });

  it('has a formula read as text, and that is said', async () => {
    const { notes } = await read([HEAD, '1,学习不深,集中学习,=A1+1']);
    expect(notes).toContain('第 2 行 D 列看起来是公式，按文字读入，不作计算。');
  });
});

describe('the columns of a typed ledger', () => {
  it('are one each: of two that could be the same the first is taken, and that is said', async () => {
    const { notes } = await read(['编号,问题,整改措施,具体措施', '1,学习不深,集中学习,另一列']);
    expect(notes.join()).toMatch(/工作表「csv」C 列和 D 列（具体措施）都像「整改措施」，取 C 列。/u);
  });

  it('can be chosen otherwise, but not one column for two things', async () => {
    const file = await open(['编号,问题,整改措施,说明栏', '1,学习不深,集中学习,组织专题学习']);
    const [key] = file.layouts.map((layout) => layout.key);
    expect(ledgerRows(withColumns(file, { measure: 3 }), LIMITS).rows[0]?.measure).toBe('组织专题学习');
    expect(ledgerRows(withColumns(file, { measure: 3 }, key), LIMITS).rows[0]?.measure).toBe('组织专题学习');
    expect(ledgerRows(withColumns(file, { measure: 3 }, '别的表头'), LIMITS).rows[0]?.measure).toBe(
      '集中学习',
    );
    expect(() => ledgerRows(withColumns(file, { measure: 1 }), LIMITS)).toThrow(
      /工作表「csv」B 列同时是.*请为每一项选不同的列。/u,
    );
    const alone = ledgerRows(withColumns(file, { measure: undefined }), LIMITS).rows[0];
    expect(alone).toMatchObject({ problem: '学习不深', measure: '' });
  });

  it('are told by headings: a sheet that names no problem and no measure has none', async () => {
    await expect(open(['姓名,电话', '张三,1'])).rejects.toThrow('没有找到表头');
    const cells = new Map([[0, { text: '问题' }]]);
    const rows = [{ line: 1, isHidden: false, cells }];
    expect(findLayout({ name: '示例', isHidden: false, rows, merges: [] })).toBeUndefined();
  });
});

describe('the round that a typed ledger could be', () => {
  it('is called as its title says, with the day of the feedback where that stands above the headings', async () => {
    const titled = await open([
      ...['示例单位  巡察整改台账', '（2026年3月5日向示例单位反馈）', HEAD, '1,学习不深,集中学习'],
    ]);
    expect(proposedRound(titled, '2026-11-23')).toEqual({
      title: '示例单位 巡察整改台账',
      feedbackOn: '2026-03-05',
    });
    expect(
      proposedRound(await open(['反馈时间：2026年11月16日', HEAD, '1,甲,乙']), '2026-11-23'),
    ).toMatchObject({
      feedbackOn: '2026-11-16',
    });
    expect(proposedRound(await open([HEAD, '1,甲,乙']), '2026-11-23')).toEqual({ title: '示例台账' });
    expect(proposedRound(titled, '2026-03-04')).toEqual({ title: '示例单位 巡察整改台账' });
  });

  it('is the one to which all of its numbers belong, and none where they are of several', async () => {
    const numbered = async (...refs: string[]) =>
      namedRound(await open([HEAD, ...refs.map((ref, index) => `${ref},问题${index},措施`)]));
    expect(await numbered('Z2-1-1', 'z2－1－2', '')).toBe('Z2');
    expect(await numbered('Z2-1-1', 'Z3-1-1')).toBeUndefined();
    expect(await numbered('1', '2')).toBeUndefined();
  });
});

describe('the encoding of a .csv', () => {
  const bytes = (hex: string) => readLedgerFile('台账.csv', Buffer.from(hex, 'hex'), LIMITS);

  it('that nobody here writes is refused with what to do', async () => {
    await expect(bytes('fffe9598')).rejects.toThrow('是 UTF-16 编码，没有读入：应为 UTF-8 或 GB18030。');
    await expect(bytes('410042')).rejects.toThrow('里有空字符');
    await expect(bytes('efbbbfe4b8')).rejects.toThrow('标明是 UTF-8 编码，但其中有读不出的字节');
    await expect(bytes('96e291e881458adb934382cd82a0')).rejects.toThrow('乱码');
    await expect(bytes('ff')).rejects.toThrow('既不是 UTF-8 编码，也不是 GB18030 编码');
  });

  it('may be the national one, and then that is said', async () => {
    // 问题,整改措施 and 不严,改正
    const file = await bytes('cecacce22cd5fbb8c4b4ebcaa90ab2bbd1cf2cb8c4d5fd');
    expect(ledgerRows(file, LIMITS).rows[0]).toMatchObject({ problem: '不严', measure: '改正' });
    expect(file.notes).toContain('文件按 GB18030（国标）编码读入。');
  });
});
