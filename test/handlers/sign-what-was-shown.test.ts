import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from '../harness.ts';

const SECRETARY = '田守正';
const OFFICER = '程一禾';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

it('签发通报 lets out what its form showed: what changed meanwhile is shown anew, and signed only then', async () => {
  const opened = lastFromBot(await bureau.say(SECRETARY, '签发通报 Z1'));
  const figures = /其中已完成并销号 0 项，正在整改 (\d+) 项/u.exec(readable(opened.content));
  expect(readable(opened.content)).toContain('还没有销号：Z1-1-1、Z1-1-2、');
  expect(readable(opened.content)).toMatch(/内容核对码 [0-9a-f]{8}。/u);
  const amend = lastFromBot(await bureau.say(OFFICER, '修改 Z1-1-1'));
  await bureau.act(OFFICER, amend.messageId, button(amend.content, '提交'), {
    ...formValues(amend.content),
    published: 'no',
  });
  const press = button(opened.content, '提交');
  const refused = await bureau.act(SECRETARY, opened.messageId, press, formValues(opened.content));
  expect(refused.toast).toContain('刚刚已有变动，没有签发通报。现在是：');
  expect(refused.toast).toContain(`正在整改 ${Number(figures?.[1]) - 1} 项`);
  const anew = refused.card ?? opened.content;
  expect(lastFromBot(await bureau.say(OFFICER, '通报 Z1')).content).toMatchObject({ tone: 'plain' });
  const sure = anew.kind === 'form' ? anew.fields.find(({ name }) => name === 'sure') : undefined;
  const values = { sure: sure?.options?.[0]?.value ?? '' };
  const signed = await bureau.act(SECRETARY, opened.messageId, press, values);
  expect(signed.toast).toContain('已签发通报 Z1');
  expect(readable(lastFromBot(await bureau.say(SECRETARY, '签发通报 Z1')).content)).toContain('此后没有变动');
});
