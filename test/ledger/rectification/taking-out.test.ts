import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionsOf } from '../../../ledger/held-card.ts';
import type { Content } from '../../../ledger/message.ts';
import { type Bureau, button, formValues, lastFromBot, readAnswer, readable } from '../../harness.ts';
import { openWithSecondRound } from './second-round.ts';

let bureau: Bureau;

beforeAll(async () => {
  bureau = await openWithSecondRound();
  for (const title of ['示例问题甲', '示例问题乙', '示例问题丙']) await answer(`加问题 Z2 ${title}`);
  await answer('加措施 Z2-2 示例措施一');
  await answer('加措施 Z2-2 示例措施二');
});

afterAll(() => bureau.close());

const answer = (text: string, name = '程一禾') => readAnswer(bureau, name, text);
const ASSIGNMENT = '责任领导 孟知行 责任人 许星阑 协办 林砚秋 时限 2026-12-31';

/** Says it, and confirms what is shown. */
async function takeOut(words: string, name = '程一禾') {
  const { messageId, content } = lastFromBot(await bureau.say(name, words));
  if (content.kind !== 'form') return { form: content, shown: readable(content) };
  const sent = await bureau.act(name, messageId, button(content, '提交'), formValues(content));
  await bureau.read(name);
  return { form: content, shown: readable(sent.card ?? content), messageId };
}

const told = async (name: string): Promise<Content[]> =>
  (await bureau.read(name)).filter(({ from }) => from === 'bot').map(({ content }) => content);

describe('作废', () => {
  test('says what follows, asks for the reason, and takes a problem out of lists, of the page and of the report', async () => {
    const before = await answer('统计 整改');
    const { form, shown } = await takeOut('作废 Z2-1 与问题乙重复');
    expect(readable(form)).toContain('Z2-1 作废后不再列入台账、统计和通报，编号不再使用');
    expect(formValues(form)).toEqual({ reason: '与问题乙重复' });
    expect(shown).toMatch(/^已作废 Z2-1\n现为「已作废」。/);
    expect(await answer('台账 Z2')).not.toContain('示例问题甲');
    expect(await answer('查看 Z2')).not.toContain('Z2-1 ');
    expect(await answer('台账 已作废')).toContain('Z2-1 示例问题甲');
    const figures = await answer('统计 整改');
    expect(figures).not.toBe(before);
    expect(figures).not.toContain('已作废');
    const whole = await answer('查看 Z2-1');
    expect(whole).toMatch(/^Z2-1 · 已作废\n/);
    expect(whole).toContain('2026-11-23 程一禾 作废：与问题乙重复');
    expect(whole).toMatch(/程一禾 作废：与问题乙重复$/m);
  });

  test('its number is not given again, and it cannot be worked on any more', async () => {
    expect(await answer('加问题 Z2 示例问题丁')).toMatch(/^已加问题 Z2-4\n/);
    expect(await answer('作废 Z2-1 示例')).toBe('Z2-1 已经作废，无需再办理。');
    for (const word of ['指派', '加措施', '修改'])
      expect(await answer(`${word} Z2-1 示例`)).toBe('Z2-1 已作废，不能办理。');
  });

  test('whoever was given the item is told once of all that was taken out with it', async () => {
    await answer(`指派 Z2-2-1,Z2-2-2 ${ASSIGNMENT}`);
    for (const name of ['许星阑', '孟知行', '林砚秋', '程一禾']) await told(name);
    const { form, shown } = await takeOut('作废 Z2-2,Z2-2-1 录入错误');
    expect(readable(form)).toContain('一并作废 Z2-2-1、Z2-2-2。');
    expect(shown).toMatch(/^已作废 Z2-2\n/);
    for (const name of ['许星阑', '孟知行', '林砚秋']) {
      const [only, ...more] = await told(name);
      expect([readable(only as Content), more]).toEqual([
        expect.stringMatching(
          /^整改事项已作废\nZ2-2-1 .+\n程一禾 作废：录入错误\n无需再办理。\n.*\n?Z2-2-2 /,
        ),
        [],
      ]);
    }
    expect(await answer('查看 Z2-2')).toContain('作废：录入错误；一并作废 Z2-2-1、Z2-2-2');
    expect(await answer('我的整改', '许星阑')).toBe('我的整改：暂无在办事项');
    expect(await answer('查看 Z2-2-1', '许星阑')).toMatch(/^Z2-2-1 · 已作废/);
  });

  test('a problem whose last measure was taken out is an item itself, and its next measure has a new number', async () => {
    await answer('加措施 Z2-3 写错的措施');
    expect(await answer('查看 Z2-3')).toMatch(/^Z2-3 · 整改中\n/);
    await takeOut('作废 Z2-3-1 写错');
    expect(await answer('查看 Z2-3')).toMatch(/^Z2-3 · 待分派\n/);
    expect(await answer('台账 Z2 待分派')).toContain('Z2-3 示例问题丙');
    expect(await answer('加措施 Z2-3 写对的措施')).toMatch(/^已加措施 Z2-3-2\n现为「待分派」。/);
    expect(await answer('查看 Z2-3')).toMatch(/^Z2-3 · 整改中\n/);
  });

  test.each([
    ['签收', '签收 Z2-3-2'],
    ['进展', '进展 Z2-3-2 已着手'],
  ])('after 「%s」 it is too late, and the problem is not taken out around it', async (_, step) => {
    await answer(`指派 Z2-3-2 ${ASSIGNMENT}`);
    await answer(step, '许星阑');
    // Given out anew, it stands as if nothing had been done: its history says otherwise.
    const form = lastFromBot(
      await bureau.say('叶知秋', '指派 Z2-3-2 责任领导 孟知行 责任人 方远山 时限 2026-12-31'),
    );
    await bureau.act('叶知秋', form.messageId, button(form.content, '提交'), formValues(form.content));
    expect(await answer('查看 Z2-3-2')).toMatch(/^Z2-3-2 · 已交办\n/);
    expect(await answer('作废 Z2-3-2')).toContain('Z2-3-2 已有签收、进展等办理记录，不能作废');
    expect(await answer('作废 Z2-3')).toContain('Z2-3 之下有已经办理的措施');
    expect(await answer('查看 Z2-3')).toMatch(/^Z2-3 · 整改中\n/);
  });

  test('an item of which a request was withdrawn is refused before its form', async () => {
    await answer('加问题 Z2 示例问题戊');
    await answer(`指派 Z2-5 ${ASSIGNMENT}`);
    const { messageId, content } = lastFromBot(await bureau.say('许星阑', '申请延期 Z2-5 示例'));
    const values = { ...formValues(content), to: '2027-01-15' };
    await bureau.act('许星阑', messageId, button(content, '提交'), values);
    await answer('撤回申请 Z2-5', '许星阑');
    expect(await answer('作废 Z2-5')).toContain('Z2-5 已有签收、进展等办理记录，不能作废');
  });

  test.each(['作废', '审定有异', '修改', '加措施'])('「%s 全部」 is told to name each', async (word) => {
    const name = word === '审定有异' ? '田守正' : '程一禾';
    expect(await answer(`${word} 全部 示例`, name)).toBe(`${word}要逐项办理，请写编号。`);
  });

  test('is not for rounds, nor for who keeps no ledger', async () => {
    expect(await answer('作废 Z2 写错')).toBe('Z2 是轮次，不能作废；请写问题或措施的编号。');
    expect(await answer('作废 Z2-4 写错', '许星阑')).toMatch(/^您没有「作废」的权限/);
    expect(await answer('作废 Z2-4 写错', '孟知行')).toMatch(/^您没有「作废」的权限/);
  });

  test('of two who press at once one is told that it was done already, and a second press does nothing', async () => {
    const first = lastFromBot(await bureau.say('程一禾', '作废 Z2-4 写错'));
    const second = lastFromBot(await bureau.say('叶知秋', '作废 Z2-4 也写错'));
    const press = (name: string, { messageId, content }: typeof first) =>
      bureau.act(name, messageId, button(content, '提交'), formValues(content));
    const [one, other] = await Promise.all([press('程一禾', first), press('叶知秋', second)]);
    expect([one.toast, other.toast].sort()).toEqual(['Z2-4 已经作废，无需再办理。', '已作废 Z2-4']);
    const again = await press('程一禾', first);
    expect(again.toast).not.toBe('');
    expect((await answer('查看 Z2-4')).match(/ 作废：/g)).toHaveLength(2);
  });

  test('the card of an item that may be taken out has the button, last', async () => {
    const labels = async (ref: string) =>
      actionsOf(lastFromBot(await bureau.say('程一禾', `查看 ${ref}`)).content).map(({ label }) => label);
    expect(await labels('Z1-1-1')).toContain('作废');
    expect(await labels('Z1-1')).toContain('作废');
    // Something was done about it, or about what stands below.
    expect(await labels('Z2-5')).toContain('修改');
    for (const ref of ['Z2-5', 'Z2-3', 'Z2-3-2']) expect(await labels(ref), ref).not.toContain('作废');
    expect(await labels('Z1')).not.toContain('作废');
    expect(await labels('Z2-4')).not.toContain('作废');
  });
});
