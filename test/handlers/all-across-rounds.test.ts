import { expect, it, onTestFinished } from 'vitest';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from '../harness.ts';

const SAID = '责任领导 孟知行 责任人 许星阑 时限 2026-12-31';

async function withTwoRounds(): Promise<Bureau> {
  const bureau = await openBureau();
  onTestFinished(() => bureau.close());
  const form = lastFromBot(await bureau.say('程一禾', '立项'));
  const values = { title: '示例审计整改', source: 'audit', feedbackOn: '2026-11-16' };
  await bureau.act('程一禾', form.messageId, button(form.content, '提交'), values);
  for (const title of ['示例问题甲', '示例问题乙']) await bureau.say('程一禾', `加问题 Z2 ${title}`);
  return bureau;
}

const openOf = async (bureau: Bureau, ref: string) =>
  readable(lastFromBot(await bureau.say('程一禾', `查看 ${ref}`)).content);

it('「指派 全部」 that reaches several rounds names them with how many in each, and waits to be confirmed', async () => {
  const bureau = await withTwoRounds();
  const { content, messageId } = lastFromBot(await bureau.say('程一禾', `指派 全部 ${SAID}`));
  expect(readable(content)).toMatch(
    /「全部」涉及 2 个轮次：Z1 .+ 16 项；Z2 示例审计整改 2 项。只办一个轮次的，请写轮次编号，例如「指派 Z1」。/,
  );
  expect(await openOf(bureau, 'Z2-1')).toMatch(/^Z2-1 · 待分派/);
  const sent = await bureau.act('程一禾', messageId, button(content, '提交'), formValues(content));
  expect(sent.toast).toMatch(/^已指派 Z1-1-1 等 18 项$/);
});

it('a form about many names the first five and says how many more there are', async () => {
  const bureau = await withTwoRounds();
  const named = async (refs: string) =>
    readable(lastFromBot(await bureau.say('程一禾', `指派 ${refs}`)).content)
      .split('\n')
      .filter((line) => /^(Z1-|… )/.test(line));
  const five = ['1-1', '1-2', '1-3', '2-1', '2-2'].map((ref) => `Z1-${ref}`);
  expect((await named('Z1')).map((line) => line.split(' ')[0])).toEqual([...five, '…']);
  expect((await named('Z1')).at(-1)).toBe('… 其余 11 项');
  expect(await named(five.join(','))).toHaveLength(5);
});

it('named by its number, or with nothing to give out in any other, a round is given out at once', async () => {
  const bureau = await withTwoRounds();
  const named = lastFromBot(await bureau.say('程一禾', `指派 Z2 ${SAID}`)).content;
  expect(readable(named)).toMatch(/^已指派 Z2-1、Z2-2\n/);
  const rest = lastFromBot(await bureau.say('程一禾', `指派 全部 ${SAID}`)).content;
  expect(readable(rest)).toMatch(/^已指派 Z1-1-1 等 16 项\n/);
});
