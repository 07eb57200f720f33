import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from '../harness.ts';

const SUPERVISOR = '程一禾';
let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.say(SUPERVISOR, '指派 1-1 责任领导 孟知行 责任人 林砚秋 时限 2026-12-31');
});
afterAll(() => bureau.close());

const asked = async (name: string, words: string) =>
  readable(lastFromBot(await bureau.say(name, words)).content);

describe('the name of a state by itself', () => {
  it.each([
    ['待分派', '台账：共 15 项，第 1/2 页\n条件：状态「待分派」'],
    ['未分派', '台账：共 15 项，第 1/2 页\n条件：状态「未分派」'],
    ['待分派 第2页', '台账：共 15 项，第 2/2 页\n条件：状态「待分派」'],
    ['待签收', '台账：共 1 项\n条件：状态「待签收」'],
    ['待审核。', '台账：没有符合条件且您可以查看的事项\n条件：状态「待审核」'],
    ['逾期', '台账：没有符合条件且您可以查看的事项\n条件：逾期'],
    ['在办', '台账：共 16 项，第 1/2 页\n条件：在办'],
    ['台账 在办 林砚秋', '台账：共 1 项\n条件：在办、林砚秋（高新技术科）'],
  ])('「%s」 lists what is in it', async (words, start) => {
    expect((await asked(SUPERVISOR, words)).startsWith(start)).toBe(true);
  });

  it('shows to each what he may see', async () => {
    expect(await asked('林砚秋', '在办')).toContain('台账：共 1 项');
    expect(await asked('许星阑', '待签收')).toContain('台账：没有符合条件');
  });

  it.each(['constructor', '待', '已', '整'])('「%s」 is none', async (words) => {
    expect(await asked(SUPERVISOR, words)).toContain('没有听懂');
  });
});

it('签发通报 says nothing of how far the round has come', async () => {
  const { messageId, content } = lastFromBot(await bureau.say('田守正', '签发通报 Z1'));
  const { card } = await bureau.act('田守正', messageId, button(content, '提交'), formValues(content));
  expect(readable(card ?? content)).toBe('已签发通报 Z1\n通报已定稿，可以下载公布。');
});

it('修改轮次 says nothing of it either', async () => {
  const { messageId, content } = lastFromBot(await bureau.say(SUPERVISOR, '修改轮次 Z1'));
  const form = { title: '示例轮次', source: 'inspection', feedbackOn: '2026-09-14' };
  const { card } = await bureau.act(SUPERVISOR, messageId, button(content, '提交'), form);
  expect(readable(card ?? content)).not.toContain('现为');
});

it.each([
  ['孟知行', '同意', ['审核通过', '准予延期', '同意暂难']],
  ['孟知行', '不同意', ['退回', '不予延期', '不同意暂难']],
  ['林砚秋', '待办', ['我的整改', '本周督查', '我的报告']],
  ['林砚秋', '上传附件', ['补充佐证']],
  ['林砚秋', '销号', ['申请销号']],
  [SUPERVISOR, '分配任务', ['指派']],
  ['许星阑', '待办', ['我的报告']],
])('what %s means by 「%s」 is offered: %j', async (name, words, meant) => {
  const { content } = lastFromBot(await bureau.say(name, words));
  const labels = content.kind === 'notice' ? content.actions.map(({ label }) => label) : [];
  expect(labels.filter((label) => !['我要报告', '帮助'].includes(label))).toEqual(meant);
});

it('a sentence without a word may be progress, to whoever has an item', async () => {
  const sentence = '评审规程已经印发，下周组织培训';
  const actions = async (name: string) => {
    const { content } = lastFromBot(await bureau.say(name, sentence));
    return content.kind === 'notice' ? content.actions.map(({ action }) => action) : [];
  };
  expect(await actions('林砚秋')).toContain(`进展 ${sentence}`);
  expect(await actions('许星阑')).not.toContain(`进展 ${sentence}`);
});

it.each(['谢谢', '好的！', '辛苦了～', 'OK'])('「%s」 is answered in kind', async (words) => {
  expect(await asked('许星阑', words)).toBe('不客气。发送「帮助」可以查看能做什么。');
});
