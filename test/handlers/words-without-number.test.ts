import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Content } from '../../ledger/message.ts';
import {
  type Bureau,
  button,
  type ChatMessage,
  formValues,
  lastFromBot,
  openBureau,
  readable,
} from '../harness.ts';
import { sendEvidence } from '../send-evidence.ts';

const RESPONSIBLE = '林砚秋';
const LEADER = '孟知行';
const SUPERVISOR = '程一禾';
const OTHER = '许星阑';
const TITLE = '修订《示例市科技计划项目评审工作规程（试行）》';

const assigned = (refs: string) => `指派 ${refs} 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`;

let bureau: Bureau;
const said = async (name: string, words: string): Promise<ChatMessage> =>
  lastFromBot(await bureau.say(name, words));
const asked = async (name: string, words: string) => readable((await said(name, words)).content);
const actionsOf = (content: Content) =>
  content.kind === 'notice' ? content.actions.map(({ action }) => action) : [];

/** Confirms what was asked. @returns the toast */
async function confirm(
  name: string,
  { messageId, content }: ChatMessage,
  more: Record<string, unknown> = {},
) {
  const form = { ...formValues(content), ...more };
  return (await bureau.act(name, messageId, button(content, '提交'), form)).toast;
}

describe('with one item that can be meant', () => {
  beforeAll(async () => {
    bureau = await openBureau();
    await bureau.say(SUPERVISOR, assigned('1-1'));
  });
  afterAll(() => bureau.close());

  it.each([
    ['收到', '签收'],
    ['收到！', '签收'],
    ['签收', '签收'],
    ['按计划', '按计划'],
    ['按计划推进。', '按计划'],
    ['有进展', '进展'],
    ['有困难', '有困难'],
    ['遇到困难：人手不足', '有困难'],
    ['申请暂难', '申请暂难'],
    ['延期', '申请延期'],
    ['按计划！！', '按计划'],
  ])('「%s」 asks whether it is meant, and does nothing before', async (words, word) => {
    const { content } = await said(RESPONSIBLE, words);
    expect(content).toMatchObject({ kind: 'form', title: `${word} Z1-1-1` });
    const [first, second] = content.kind === 'form' ? content.intro : [];
    expect(first).toBe('您没有写编号。是下面这一条吗？是的请点「提交」。');
    expect([first, second].join() + readable(content)).toContain(TITLE);
    expect(await asked(RESPONSIBLE, '我的整改')).toContain('\n已交办');
  });

  it('takes what was said with it, and is carried out once it is confirmed', async () => {
    const form = await said(RESPONSIBLE, '有进展，初稿已成');
    expect(formValues(form.content)).toEqual({ text: '初稿已成' });
    expect(await confirm(RESPONSIBLE, form)).toBe('已记录进展 Z1-1-1');
    expect(await asked(RESPONSIBLE, '我的整改')).toContain('\n整改中');
  });

  it.each([
    ['延期 到1月底', { to: '2027-01-31' }],
    ['延期 到明年1月底，材料没到', { to: '2027-01-31', reason: '材料没到' }],
    ['申请延期 1-1 至 2027-02-10 理由：外部单位未回函', { to: '2027-02-10', reason: '外部单位未回函' }],
    ['申请延期 1-1 外部单位未回函', { reason: '外部单位未回函' }],
    ['延期 12月31日', { to: '2026-12-31' }],
    ['延期　到１月３１号，材料没到', { to: '2027-01-31', reason: '材料没到' }],
    ['延期 2027-01-31 材料没到', { to: '2027-01-31', reason: '材料没到' }],
    ['进展 3项已完成', { text: '3项已完成' }],
    ['按计划!!!', {}],
    ['暂难 到明年3月底 因为场地未到位', { until: '2027-03-31', reason: '场地未到位' }],
  ])('「%s」 fills in the date and the reason', async (words, values) => {
    const { content } = await said(RESPONSIBLE, words);
    expect(formValues(content)).toMatchObject(values);
    expect(Object.keys(formValues(content)).sort()).toEqual(Object.keys(values).sort());
  });

  it('says which date it could not read, and asks for it', async () => {
    const { content } = await said(RESPONSIBLE, '延期 到材料齐了以后');
    expect(content.kind === 'form' && content.intro).toContain('没有看懂日期「材料齐了以后」，请选择。');
    expect(formValues(content)).toMatchObject({ reason: '到材料齐了以后' });
  });

  it('「做完了」 is answered with what is missing, and after that asks', async () => {
    const refused = (await said(RESPONSIBLE, '做完了')).content;
    expect(readable(refused)).toContain('Z1-1-1 有佐证文件 0 个');
    expect(actionsOf(refused)).toEqual(['补充佐证 Z1-1-1']);
    expect(await asked(RESPONSIBLE, '补充佐证')).toMatch(/^请在 10 分钟内发送 Z1-1-1 的佐证文件/);
    await sendEvidence(bureau, RESPONSIBLE, '1-1');
    const form = await said(RESPONSIBLE, '做完了，规程已印发');
    expect(form.content).toMatchObject({ title: '申请销号 Z1-1-1' });
    expect(await confirm(RESPONSIBLE, form)).toBe('已申请销号 Z1-1-1');
  });

  it('the 责任领导 and the 督查员 decide so too, each on what waits for him', async () => {
    expect(await asked(SUPERVISOR, '复核通过')).toBe('您现在没有可以「复核通过」的事项。');
    expect(await confirm(LEADER, await said(LEADER, '审核通过'))).toBe('审核已通过 Z1-1-1');
    expect(await asked(LEADER, '审核通过')).toBe('您现在没有可以「审核通过」的事项。');
    const form = await said(SUPERVISOR, '退回 佐证不清楚');
    expect(form.content).toMatchObject({ title: '退回 Z1-1-1' });
    expect(formValues(form.content)).toEqual({ reason: '佐证不清楚' });
  });

  it('is nothing to whoever has no part in it, in whatever words', async () => {
    for (const words of [
      '收到',
      '按计划',
      '有进展 已完成',
      '做完了',
      '延期 到12月底',
      '审核通过',
      '准予延期',
    ])
      expect(await asked(OTHER, words)).toMatch(/^您现在没有可以「.+」的事项。$/);
  });

  it('says nothing of it in a group', async () => {
    for (const words of ['收到', '按计划', '有进展 已完成', '待审核'])
      expect(readable(lastFromBot(await bureau.say(RESPONSIBLE, words, { group: true })).content)).toBe(
        '请私聊我。',
      );
  });

  it('a sentence that only begins so is no such word', async () => {
    const { content } = await said(RESPONSIBLE, '收到王处长的电话，让我在评审中关照一下，我拒绝了');
    expect(content).toMatchObject({ kind: 'form', title: '说情打招呼记录' });
  });
});

describe('with several', () => {
  beforeAll(async () => {
    bureau = await openBureau();
    await bureau.say(SUPERVISOR, assigned('1,2-1,2-2,2-3'));
  });
  afterAll(() => bureau.close());

  it('each is offered with what was said, five at most, and nothing is done', async () => {
    const { content } = await said(RESPONSIBLE, '有进展 已经过半');
    expect(readable(content)).toContain('您有 6 条可以「进展」的事项，请选择，或写明编号：「进展 <编号>」。');
    expect(actionsOf(content)).toEqual(
      ['1-1', '1-2', '1-3', '2-1', '2-2'].map((ref) => `进展 Z1-${ref}@2 已经过半`),
    );
    expect(content.kind === 'notice' && content.actions[0]?.label).toBe('Z1-1-1 修订《示例市科技计划项目…');
  });

  it('all are offered too where nothing has to be said with it', async () => {
    expect(actionsOf((await said(RESPONSIBLE, '收到')).content).at(-1)).toBe('签收 全部');
    expect(actionsOf((await said(RESPONSIBLE, '按计划')).content).at(-1)).toBe('按计划 全部');
    expect(actionsOf((await said(RESPONSIBLE, '有困难')).content)).toHaveLength(5);
  });

  it('what is too long for a button is not carried by it', async () => {
    const { content } = await said(RESPONSIBLE, `进展 ${'长'.repeat(500)}`);
    expect(actionsOf(content)[0]).toBe('进展 Z1-1-1@2');
  });

  it('where a rule is against each, one is told and each has its way out', async () => {
    const { content } = await said(RESPONSIBLE, '做完了');
    expect(readable(content)).toMatch(/^您有 6 条现在都不能「申请销号」，例如：Z1-1-1 有佐证文件 0 个/);
    expect(actionsOf(content)).toEqual(
      ['1-1', '1-2', '1-3', '2-1', '2-2'].map((ref) => `补充佐证 Z1-${ref}`),
    );
    expect(actionsOf((await said(RESPONSIBLE, '补充佐证')).content)).toHaveLength(5);
  });

  it('a chosen button acts on what it names', async () => {
    const { messageId, content } = await said(RESPONSIBLE, '有进展 已经过半');
    const { toast } = await bureau.act(RESPONSIBLE, messageId, actionsOf(content)[1] ?? '');
    expect(toast).toBe('已记录进展 Z1-1-2');
  });

  it('text behind a word that takes none is not lost without a word', async () => {
    const { content } = await said(RESPONSIBLE, '签收 1-3 已经开始做了');
    expect(content).toMatchObject({ kind: 'form', title: '签收 Z1-1-3' });
    expect(readable(content)).toContain('「签收」不登记文字，「已经开始做了」没有采用。');
  });
});
