import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWechatBureau, type WechatBureau } from './wechat-bureau.ts';

const STAFF = '林砚秋';

let wechat: WechatBureau;
beforeAll(async () => {
  wechat = await openWechatBureau();
  await wechat.bind('lin-1', STAFF);
});
afterAll(() => wechat.close());

it('answers who is bound in private, with words in place of buttons', async () => {
  const { standIn } = wechat;
  await wechat.says('lin-1', '帮助');
  await standIn.until(() => standIn.textsTo('lin-1').length > 0);
  expect(standIn.textsTo('lin-1')[0]).toContain('我要报告');
});
