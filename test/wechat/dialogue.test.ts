import { afterAll, beforeAll, expect, it } from 'vitest';
import { assign } from '../jobs/at-work.ts';
import { REPORT } from '../page/page-bureau.ts';
import { Visitor } from '../page/visitor.ts';
import { openWechatBureau, type WechatBureau } from './wechat-bureau.ts';

const STAFF = '林砚秋';
const AT = new Date('2026-11-23T01:00:00.000Z');

let wechat: WechatBureau;
beforeAll(async () => {
  wechat = await openWechatBureau();
  await wechat.bind('lin-1', STAFF);
  for (const ref of ['Z1-1-1', 'Z1-1-2'])
    await assign(wechat.store, ref, { responsible: [STAFF], dueOn: '2026-12-31', at: AT });
});
afterAll(() => wechat.close());

let read = 0;
/** What came to him since he last looked. */
function news(): string {
  const texts = wechat.standIn.textsTo('lin-1');
  const fresh = texts.slice(read);
  read = texts.length;
  return fresh.join('\n');
}

async function says(text: string): Promise<string> {
  news();
  await wechat.says('lin-1', text);
  await wechat.standIn.until(() => wechat.standIn.textsTo('lin-1').length > read);
  await wechat.settle();
  return news();
}

const itemOf = async (ref: string) =>
  (await wechat.store.database.rows.entry.findUniqueOrThrow({ where: { ref } })).data;

it('what is his is listed with the words by which it goes on', async () => {
  const list = await says('我的整改');
  expect(list).toContain('Z1-1-1');
  expect(list).toMatch(/^回复「签收 Z1-1-1」/mu);
  expect(await says('签收 全部')).toContain('已签收');
  expect(await stateOf('Z1-1-1')).toBe('signed');
});

const stateOf = async (ref: string) =>
  (await wechat.store.database.rows.entry.findUniqueOrThrow({ where: { ref } })).state;

it('进展 is asked and looked over before it counts', async () => {
  const question = await says('进展 Z1-1-1');
  expect(question).toContain('【进展 Z1-1-1】');
  expect(question).toContain('进展（必填）\n请直接回复文字。');
  expect(await says('示例：初稿已完成')).toContain('1. 进展：示例：初稿已完成');
  expect(await stateOf('Z1-1-1')).toBe('signed');
  expect(await says('提交')).toContain('已记录进展');
  expect(await itemOf('Z1-1-1')).toMatchObject({ progress: { text: '示例：初稿已完成' } });
});

it('the week’s card is answered with its words, and what they need is asked', async () => {
  news();
  await wechat.bureau.moveClock('2026-11-23T01:31:00.000Z');
  await wechat.settle();
  const card = news();
  expect(card).toContain('周督查');
  const [, line = ''] = /「(有困难 Z1-1-2)」/u.exec(card) ?? [];
  expect(line).not.toBe('');
  expect(await says(line)).toContain('困难和需要的支持（必填）');
  expect(await says('示例：等省里的办法')).toContain('登记请回复「提交」');
  expect(await says('提交')).toContain('已回复「有困难」');
  expect(await itemOf('Z1-1-2')).toMatchObject({ weekly: { answer: 'difficult' } });
});

it('零报告 is answered with its words', async () => {
  await wechat.bureau.moveClock('2026-12-01T02:00:00.000Z');
  await wechat.settle();
  const card = news();
  const [, line = ''] = /回复「(零报告 2026-11 无)」/u.exec(card) ?? [];
  expect(card).toContain('零报告');
  expect(await says(line)).toContain('已收到您的零报告（2026年11月）');
});

it('a report goes by its page, and nothing of it stands in the chat', async () => {
  const way = await says('我要报告');
  expect(way).toContain('回复「继续填写」：重新获取链接');
  const fresh = await says('继续填写');
  const [, url = ''] = /打开页面：(http\S+)/u.exec(fresh) ?? [];
  const [, code = ''] = /口令：(\d{6})/u.exec(fresh) ?? [];
  const browser = new Visitor(wechat.bureau.service.address);
  const form = await browser.open(url, code);
  const sent = await browser.send(form.place, { ...REPORT, happenedAt: '2026-12-01T08:10', do: 'send' });
  expect(sent.html).toContain('已收到您的记录');
  await wechat.settle();
  expect(news()).toContain('已收到您的记录');
  const all = wechat.standIn.textsTo('lin-1').join('\n');
  expect(all).not.toContain(REPORT.content);
  expect(all).not.toContain(REPORT.intercessorName);
  expect(all).not.toMatch(/(?:提交|放弃|打开) [0-9a-f]{8}-/u);
});
