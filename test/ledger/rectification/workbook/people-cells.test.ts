import { describe, expect, it } from 'vitest';
import { readWho } from '../../../../ledger/rectification/workbook/who.ts';
import { plainBureau, someone } from '../../plain-bureau.ts';

const bureau = plainBureau([
  someone('甲', { name: '方远山' }),
  someone('乙', { name: '林砚秋' }),
  someone('丙', { name: '钱书记' }),
  someone('丁', { name: '钱' }),
  someone('戊', { name: '李无' }),
  someone('己', { name: '许星阑', departmentId: 'd1' }),
  someone('庚', { name: '许星阑', departmentId: 'd2' }),
  someone('辛', { name: '许星阑', departmentId: 'd2' }),
]);
const LONG = '示例整改工作领导小组办公室全体同志及各科室负责同事';

describe('who is named in a cell', () => {
  it.each([
    [' 方远山 林砚秋 ', ['甲', '乙']],
    ['方远山  林砚秋', ['甲', '乙']],
    ['方远山、、林砚秋；', ['甲', '乙']],
    ['方远山/林砚秋|方远山', ['甲', '乙']],
    ['方远山同志和林砚秋', ['甲', '乙']],
    ['方远山(科长)(兼)', ['甲']],
    ['林砚秋 方远山', ['乙', '甲']],
  ])('%s are found, each once, in their order', (text, ids) => {
    expect(readWho(text, bureau)).toEqual({ ids, unread: [] });
  });

  it.each(['', '—', '——', '无', '--、/'])('is nobody where it says 「%s」', (text) => {
    expect(readWho(text, bureau)).toEqual({ ids: [], unread: [] });
  });

  it('may have a name that ends with 无, or like a title', () => {
    expect(readWho('李无', bureau).ids).toEqual(['戊']);
    expect(readWho('钱书记', bureau).ids).toEqual(['丙']);
    expect(readWho('方远山 钱书记', bureau).ids).toEqual(['甲', '丙']);
  });

  it('has a title behind the name, with a blank between them or without', () => {
    expect(readWho('方远山 副局长', bureau)).toEqual({ ids: ['甲'], unread: [] });
    expect(readWho('方远山党组成员副局长、林砚秋副组长', bureau)).toEqual({ ids: ['甲', '乙'], unread: [] });
    expect(readWho('方远山 科长 林砚秋 组长', bureau)).toEqual({ ids: ['甲', '乙'], unread: [] });
  });
});

describe('who is not found', () => {
  it.each(['局长', '无名氏', '赵无名'])('%s is said so', (text) => {
    expect(readWho(text, bureau)).toEqual({ ids: [], unread: [`没有找到「${text}」`] });
  });

  it('is quoted by the first twenty characters, alone and beside another', () => {
    const unread = [`没有找到「${LONG.slice(0, 20)}」`];
    expect(readWho(LONG, bureau)).toEqual({ ids: [], unread });
    expect(readWho(`方远山 ${LONG}`, bureau)).toEqual({ ids: ['甲'], unread });
  });

  it('is one of several of the name, of whom the department has none or two', () => {
    const unread = ['有 3 位「许星阑」'];
    expect(readWho('许星阑', bureau, 'd1')).toEqual({ ids: ['己'], unread: [] });
    expect(readWho('许星阑', bureau, 'd2')).toEqual({ ids: [], unread });
    expect(readWho('许星阑 方远山', bureau, 'd3')).toEqual({ ids: ['甲'], unread });
  });
});
