import { describe, expect, it, test } from 'vitest';
import { readable } from '../../../bot/local/chat-client.ts';
import { nilReturnAsk } from '../../../jobs/nil-return-ask.ts';
import { runJob } from '../../../jobs/run.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { personNamed, takeMessages, takeStep } from '../../sample-record.ts';
import { houseOf } from '../intercession/house-of-sample.ts';
import { ASKED, declaredBy, NONE, openAskedBureau, press, SOME, titleOf } from './asked-bureau.ts';

let store: Store;
verifiedCopies(openAskedBureau, (copy) => {
  store = copy.store;
});

const WHO = '林砚秋';
const says = async (name: string, words: string, at = ASKED): Promise<string> => {
  const content = await houseOf(store)(await personNamed(store, name), words, at);
  return content ? readable(content) : '';
};
const returns = () => store.database.rows.nilReturn.findMany();

describe('one record', () => {
  test('of two presses at once, on either button', async () => {
    const answers = await Promise.all([press(store, WHO, SOME), press(store, WHO, NONE)]);
    expect(answers.map(({ toast }) => toast).sort()).toEqual([
      '已收到您的零报告（2026年11月）',
      '您已申报2026年11月零报告，没有重复登记',
    ]);
    expect(await returns()).toHaveLength(1);
    expect(await declaredBy(store, WHO)).toHaveLength(1);
  });

  test('of a press that is delivered again, with the same answer', async () => {
    const first = await press(store, WHO, SOME, ASKED, undefined, 'same');
    const again = await press(store, WHO, SOME, ASKED, undefined, 'same');
    expect(again).toEqual(first);
    expect(await declaredBy(store, WHO)).toEqual([['some']]);
  });

  test('of a second press, which keeps what was declared first', async () => {
    await press(store, WHO, NONE);
    const { card } = await press(store, WHO, SOME);
    expect(titleOf(card)).toBe('您已申报2026年11月零报告，没有重复登记');
    expect(await declaredBy(store, WHO)).toEqual([['none']]);
  });
});

describe('typed', () => {
  it('declares in the words that people use', async () => {
    const typed: readonly (readonly [string, string, string])[] = [
      ['林砚秋', '零报告 无', 'none'],
      ['许星阑', '零报告无', 'none'],
      ['方远山', '零报告：无此类情形', 'none'],
      ['杜若溪', '无此类情形。', 'none'],
      ['韩予安', '零报告 2026年11月 没有', 'none'],
      ['石清扬', '零报告 有', 'some'],
      ['顾长风', '有情形', 'some'],
      ['秦书遥', '零报告 2026-11 有情形', 'some'],
    ];
    for (const [name, words, answer] of typed) {
      expect(await says(name, words)).toMatch(/^已收到您的零报告（2026年11月）\n编号：[2-9A-Z]{4}-/);
      expect(await declaredBy(store, name), words).toEqual([[answer]]);
    }
  });

  it('「零报告」 shows what waits, and afterwards the return with its receipt', async () => {
    expect(await says(WHO, '零报告')).toContain('零报告：1 期待申报\n2026年11月');
    await press(store, WHO, NONE);
    const after = await says(WHO, '零报告');
    expect(after).toMatch(/您已申报2026年11月零报告[\s\S]*QL1\.[A-Za-z0-9_-]{140}/);
    expect(await says(WHO, `核验 ${/QL1\.[\w-]{140}/.exec(after)?.[0]}`)).toMatch(/完好|未被改动/);
  });

  it('is not taken for an answer where it is none', async () => {
    for (const words of ['零报告 也许', '零报告 2026-13 无', '零报告 2026-11 无 有', '零报告 <无>'])
      expect(await says(WHO, words)).toContain('没有看懂「零报告」后面的内容，未作登记');
    expect(await returns()).toEqual([]);
  });

  it('a period for which nobody was asked is not needed', async () => {
    expect(await says(WHO, '零报告 2026-10 无')).toBe(
      '没有请您申报过 2026-10 的零报告，无需申报。2026年12月的零报告，该期结束后发给您。',
    );
    expect(await says(WHO, '零报告 2027-03 无')).toContain('没有请您申报过');
  });
});

describe('later', () => {
  const JANUARY = new Date('2027-01-05T02:00:00Z');

  it('a card of last month still works, as 补报 for that month', async () => {
    await runJob(store, nilReturnAsk, JANUARY);
    await takeMessages(store);
    const { card } = await press(store, WHO, SOME, JANUARY);
    expect(card && readable(card)).toMatch(/^已收到您的零报告（2026年11月）\n.*（补报）/);
    expect(await says(WHO, '零报告', JANUARY)).toContain('零报告：1 期待申报\n2026年12月');
    expect((await returns()).map(({ period }) => period)).toEqual(['2026-11']);
  });

  it('is corrected until the next month is asked for, and what was said first stays', async () => {
    await press(store, WHO, NONE);
    const list = await says(WHO, '我的零报告');
    const ref = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(list)?.[0] ?? '';
    expect(list).not.toMatch(/无此类情形|有情形/);
    expect(await says(WHO, `更正 ${ref} 有`)).toContain(`已更正 ${ref}`);
    expect(await declaredBy(store, WHO)).toEqual([['none', 'some']]);
    const shown = await says(WHO, `查看 ${ref}`);
    expect(shown).toContain('更正');
    expect(shown).not.toMatch(/无此类情形|有情形/);
    expect(await says(WHO, `更正 ${ref} 无`, JANUARY)).toContain('申报期已过，不再更正');
  });

  it('nobody else sees it, whatever he is', async () => {
    await press(store, WHO, SOME);
    const [entry] = await store.database.rows.entry.findMany({ where: { ledger: 'nil-return' } });
    const ref = entry?.ref ?? '';
    for (const name of ['唐文澜', '姜明澈', '田守正', '郑怀瑾', '罗子衿', '沈若谷', '许星阑']) {
      for (const words of [`查看 ${ref}`, `核验 ${ref}`, `更正 ${ref} 无`, `打开 ${ref}`])
        expect(await says(name, words), `${name} ${words}`).toContain(`没有找到编号「${ref}」`);
      expect(await says(name, '台账 零报告')).toContain('没有符合条件');
      expect(await says(name, '统计')).not.toContain('零报告');
    }
    const person = await personNamed(store, '唐文澜');
    const step = { person, word: '更正', ref, at: ASKED, values: { answer: 'none' } };
    await expect(takeStep(store, step)).rejects.toMatchObject({ code: 'unknown-entry' });
  });

  it('who has left cannot declare any more', async () => {
    const { id } = await personNamed(store, WHO);
    const answer = async () =>
      store.database.write((rows) => rows.person.update({ where: { id }, data: { active: false } }));
    const { card } = await press(store, '许星阑', NONE);
    expect(titleOf(card)).toContain('已收到');
    const house = houseOf(store);
    const person = await personNamed(store, WHO);
    await answer();
    const said = await house(person, '零报告 无', ASKED);
    expect(said && readable(said)).not.toContain('已收到');
    expect(await returns()).toHaveLength(1);
    await store.database.write((rows) => rows.person.update({ where: { id }, data: { active: true } }));
  });
});
