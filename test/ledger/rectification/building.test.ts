import { afterAll, beforeAll, expect, test } from 'vitest';
import { actionsOf } from '../../../ledger/held-card.ts';
import type { Content } from '../../../ledger/message.ts';
import { dueWord } from '../../../ledger/rectification/due-word.ts';
import { type Bureau, button, formValues, lastFromBot, readAnswer, readable } from '../../harness.ts';
import { openWithSecondRound } from './second-round.ts';

let bureau: Bureau;

beforeAll(async () => {
  bureau = await openWithSecondRound();
});

afterAll(() => bureau.close());

const say = async (text: string, name = '程一禾') => lastFromBot(await bureau.say(name, text)).content;
const answer = (text: string, name = '程一禾') => readAnswer(bureau, name, text);
const offered = (content: Content) => actionsOf(content).map(({ action, label }) => [label, action]);
const told = async (name: string) =>
  (await bureau.read(name)).filter(({ from }) => from === 'bot').map(({ content }) => readable(content));

async function confirm(words: string, values: Record<string, unknown> = {}) {
  const { messageId, content } = lastFromBot(await bureau.say('程一禾', words));
  const filled = { ...formValues(content), ...values };
  const sent = await bureau.act('程一禾', messageId, button(content, '提交'), filled);
  return { form: content, content: sent.card ?? content, shown: readable(sent.card ?? content) };
}

test('加问题 and 加措施 name what came to be and how it stands, and offer what is done next', async () => {
  const problem = await say('加问题 Z2 制度不健全');
  expect(readable(problem)).toBe(
    '已加问题 Z2-1\n现为「待分派」。\n有整改措施的，请逐条登记措施；没有的，可以直接指派。',
  );
  expect(offered(problem)).toEqual([
    ['加措施', '加措施 Z2-1'],
    ['指派', '指派 Z2-1'],
    ['再加问题', '加问题 Z2'],
    ['查看', '查看 Z2-1'],
  ]);
  const measures = (await confirm('加措施 Z2-1', { measures: '修订办法\n开展培训' })).content;
  expect(readable(measures)).toBe('已加措施 Z2-1-1、Z2-1-2\n现为「待分派」。');
  expect(await answer('查看 Z2')).toMatch(/ 加问题：编号 Z2-1$/m);
  expect(await answer('查看 Z2-1')).toMatch(/开展培训；编号 Z2-1-1、Z2-1-2$/m);
  expect(offered(measures)).toEqual([
    ['指派', '指派 Z2-1-1,Z2-1-2'],
    ['再加措施', '加措施 Z2-1'],
  ]);
});

test('a problem that was given out, and on which nothing was done, takes measures: its people and date are proposed', async () => {
  await answer('加问题 Z2 经费管理不严');
  await answer('指派 Z2-2 责任领导 孟知行 责任人 许星阑 协办 林砚秋 时限 2026-12-31 类别 限期整改');
  await answer('签收 Z2-2', '许星阑');
  for (const name of ['许星阑', '孟知行', '林砚秋']) await told(name);
  const { form, shown } = await confirm('加措施 Z2-2 核对账目');
  expect(readable(form)).toContain('Z2-2 已指派给 许星阑，时限 2026-12-31。加措施后改按措施办理');
  expect(shown).toContain('已加措施 Z2-2-1\n现为「待分派」。\nZ2-2 改按措施办理，原指派已撤回');
  for (const name of ['许星阑', '孟知行', '林砚秋'])
    expect(await told(name)).toEqual([expect.stringMatching(/^整改事项改按措施办理\nZ2-2 /)]);
  expect(await answer('查看 Z2-2')).toMatch(/^Z2-2 · 整改中\n/);
  expect(await answer('查看 Z2-2')).not.toContain('责任落实');
  const given = await say('指派 Z2-2-1');
  expect(readable(given)).not.toContain('将被替换');
  expect(formValues(given)).toEqual({
    leader: bureau.idOf('孟知行'),
    responsible: [bureau.idOf('许星阑')],
    assistant: [bureau.idOf('林砚秋')],
    dueOn: '2026-12-31',
    category: 'timed',
  });
});

test('who stands there as a proposal is told of the item once it is given to him', async () => {
  const { shown } = await confirm('指派 Z2-2-1');
  expect(shown).toContain('已指派 Z2-2-1');
  expect(await told('许星阑')).toEqual([expect.stringMatching(/^有新的整改事项\nZ2-2-1 /)]);
  expect(await told('孟知行')).toEqual([expect.stringMatching(/^由您任责任领导的整改事项\nZ2-2-1 /)]);
  expect(await answer('查看 Z2-2-1')).not.toContain('曾定时限');
});

test('who assists is told once whom, and is asked nothing', async () => {
  expect(await told('林砚秋')).toEqual([
    expect.stringMatching(
      /^请您协办的整改事项\nZ2-2-1 核对账目\n协助责任人 许星阑。整改时限：2026-12-31。\n知悉即可/,
    ),
  ]);
  await confirm('指派 Z2-2-1 时限 2027-01-15');
  expect(await told('林砚秋')).toEqual([]);
  await bureau.say('程一禾', '指派 Z2-1-1,Z2-1-2 责任领导 孟知行 责任人 许星阑 协办 林砚秋 时限 2026-12-31');
  const [only, ...more] = await bureau.read('林砚秋');
  expect(more).toEqual([]);
  expect(readable(only?.content as Content)).toMatch(/^请您协办的整改事项\nZ2-1-1 (.|\n)+Z2-1-2 /);
  expect(actionsOf(only?.content as Content).map(({ label }) => label)).toEqual(['查看', '查看']);
});

test('with progress it is too late, and nothing is changed', async () => {
  await answer('加问题 Z2 采购不规范');
  await answer('指派 Z2-3 责任领导 孟知行 责任人 许星阑 时限 2026-12-31');
  await answer('进展 Z2-3 已着手', '许星阑');
  expect(await answer('加措施 Z2-3 完善流程')).toBe(
    'Z2-3 已整体指派，并有进展等办理记录，不能再加措施；新的措施请另加一个问题。',
  );
  expect(await answer('查看 Z2-3')).toContain('责任人：许星阑');
});

test('长期坚持 has no 时限 where people look: when progress is due next, and of which quarter', async () => {
  await answer('加问题 Z2 示例长期问题');
  await answer('指派 Z2-4 责任领导 孟知行 责任人 何望舒 协办 林砚秋 类别 长期坚持');
  expect(await told('何望舒')).toEqual([
    expect.stringMatching(/^有新的整改事项\nZ2-4 示例长期问题\n下次进展：2026-12-31，四季度$/),
  ]);
  for (const words of ['我的整改', '查看 Z2-4', '台账 示例长期']) {
    const shown = await answer(words, '何望舒');
    expect(shown).toMatch(/下次进展[ ：]2026-12-31，四季度/);
    expect(shown).not.toContain('时限');
  }
  const lasting = { state: 'progressing', dueOn: '2026-12-31', closedAt: null };
  expect(dueWord(lasting, { category: 'lasting' }, '2027-01-04')).toBe(
    '四季度进展已逾期，应于 2026-12-31 前报',
  );
});
