import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bureau, lastFromBot, openBureau } from '../harness.ts';
import { sendEvidence } from '../send-evidence.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.say('程一禾', '指派 1-1 责任领导 孟知行 责任人 林砚秋 协办 许星阑 时限 2026-12-31');
});
afterAll(() => bureau.close());

async function buttons(name: string, words = '我的整改'): Promise<string[]> {
  const { content } = lastFromBot(await bureau.say(name, words));
  if (content.kind !== 'notice') throw new Error(`${words} was answered with a ${content.kind}`);
  return content.sections.flatMap(({ actions = [] }) => actions.map(({ action }) => action));
}

it('我的整改 has 补充佐证 beside the other steps, for whoever brings evidence', async () => {
  expect((await buttons('林砚秋')).map((line) => line.split(' ')[0])).toEqual([
    ...['签收', '进展', '按计划', '有困难', '补充佐证', '申请延期', '查看'],
  ]);
  expect(await buttons('许星阑')).toContain('补充佐证 Z1-1-1');
  expect(await buttons('孟知行')).toEqual(['查看 Z1-1-1']);
});

it('and no more once nothing can be added', async () => {
  await sendEvidence(bureau, '林砚秋', '1-1');
  await bureau.say('林砚秋', '申请销号 1-1 规程已印发');
  expect(await buttons('林砚秋')).not.toContain('补充佐证 Z1-1-1');
});
