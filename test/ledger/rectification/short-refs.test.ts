import { afterAll, beforeAll, expect, test } from 'vitest';
import { actionsOf } from '../../../ledger/held-card.ts';
import { type Bureau, lastFromBot, openBureau, readAnswer, readable } from '../../harness.ts';

let bureau: Bureau;

beforeAll(async () => {
  bureau = await openBureau();
});

afterAll(() => bureau.close());

const say = async (text: string) => lastFromBot(await bureau.say('程一禾', text)).content;
const answer = (text: string) => readAnswer(bureau, '程一禾', text);
const actions = async (text: string) => actionsOf(await say(text)).map(({ action }) => action);

test('with one round a number of two parts is a measure, and the number of its problem stands by itself', async () => {
  expect(await answer('查看 1-1')).toMatch(/^Z1-1-1 · /);
  expect(await answer('查看 1')).toMatch(/^Z1-1 · /);
});

test('a word for problems takes a short number for a problem, though a measure has it too', async () => {
  expect(await answer('加措施 1-2 示例新措施')).toMatch(/^已加措施 Z1-2-\d+\n/);
  expect(await answer('加措施 1 示例新措施')).toMatch(/^已加措施 Z1-1-\d+\n/);
  expect(await answer('加问题 1 示例新问题')).toMatch(/^已加问题 Z1-7\n/);
});

test('where there are several rounds, all that may be meant are offered under their whole numbers', async () => {
  const form = lastFromBot(await bureau.say('程一禾', '立项 示例审计整改'));
  const values = { title: '示例审计整改', source: 'audit', feedbackOn: '2026-11-16' };
  await bureau.act('程一禾', form.messageId, actionsOf(form.content)[0]?.action ?? '', values);
  await say('加问题 Z2 示例问题甲');
  await say('加问题 Z2 示例问题乙');
  await say('加措施 Z2-2 示例措施');
  expect(await answer('查看 2-2')).toMatch(/^「2-2」是「Z1-2-2」还是「Z2-2」？请写全编号。/);
  expect(await actions('查看 2-2')).toEqual(['查看 Z1-2-2', '查看 Z2-2']);
  const said = '责任领导 孟知行 责任人 许星阑 时限 2026-12-31';
  expect(await actions(`指派 2-2 ${said}`)).toEqual([`指派 Z1-2-2 ${said}`, `指派 Z2-2 ${said}`]);
  expect(await answer('查看 Z1-2-2')).toContain('待分派');
  expect(await actions('查看 1-1')).toEqual(['查看 Z1-1', '查看 Z1-1-1']);
});

test('only what may be meant is offered: one reading is taken, in full width too, and without the Z', async () => {
  expect(await answer('加措施 2-2 示例另一措施')).toMatch(/^已加措施 Z2-2-2\n/);
  expect(await answer('查看 2-2-1')).toMatch(/^Z2-2-1 · 待分派\n/);
  expect(await answer('2-2-1')).toMatch(/^Z2-2-1 · 待分派\n/);
  expect(await answer('查看 ２－２－１')).toMatch(/^Z2-2-1 · /);
  expect(await answer('加措施 9-9 示例措施')).toMatch(/^没有找到编号「9-9」/);
  expect(readable(await say('查看 9-9-9'))).toMatch(/^没有找到编号「9-9-9」/);
});

test('who sees one of them only is asked nothing', async () => {
  await say('指派 Z2-2-1 责任领导 孟知行 责任人 许星阑 时限 2026-12-31');
  expect(await readAnswer(bureau, '许星阑', '签收 2-1')).toMatch(/^已签收 Z2-2-1\n/);
});
