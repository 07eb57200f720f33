import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bureau, button, lastFromBot, openBureau, readable } from '../../harness.ts';

const RESPONSIBLE = '许星阑';
const SUPERVISOR = '程一禾';
const OTHER_SUPERVISOR = '叶知秋';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

/** Up to the 审核 by the 责任领导. @param what was done, so that nothing looks alike */
async function reviewed(ref: string, leader: string, what: string): Promise<void> {
  await bureau.say(OTHER_SUPERVISOR, `指派 ${ref} 责任领导 ${leader} 责任人 ${RESPONSIBLE} 时限 2026-12-31`);
  await bureau.say(RESPONSIBLE, `签收 ${ref}`);
  await bureau.say(RESPONSIBLE, `补充佐证 ${ref}`);
  await bureau.sendFile(RESPONSIBLE, { name: `${ref}.txt`, bytes: Buffer.from(`示例：${what}`) });
  await bureau.say(RESPONSIBLE, '完成');
  const form = lastFromBot(await bureau.say(RESPONSIBLE, `申请销号 ${ref}`));
  await bureau.act(RESPONSIBLE, form.messageId, button(form.content, '提交'), { summary: what });
  await bureau.say(leader, `审核通过 ${ref}`);
}

it('「全部」 does what can be done, also where no file was opened, and says what it left out and why', async () => {
  await reviewed('Z1-1-1', '孟知行', '甲事项的规程已经印发');
  await reviewed('Z1-1-2', SUPERVISOR, '乙名单核对完毕');
  const answer = readable(lastFromBot(await bureau.say(SUPERVISOR, '复核通过 全部')).content);
  expect(answer).toContain('复核已通过 Z1-1-1');
  expect(answer).toContain('没有包括 1 项：按规则现在不能由您办理。');
});
