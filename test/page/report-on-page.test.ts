import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { button, readable } from '../../bot/local/chat-client.ts';
import { openPageBureau, type PageBureau, REPORT, wayIn } from './page-bureau.ts';
import { formWith } from './visitor.ts';

let bureau: PageBureau;
beforeAll(async () => {
  bureau = await openPageBureau();
});
afterAll(() => bureau.close());

it('a report is filed on the page, and the chat carries the way there, the number and the receipt only', async () => {
  const asked = await bureau.say('林砚秋', '我要报告');
  const { url, code } = wayIn(asked.content);
  const browser = bureau.visitor();
  expect((await browser.get(new URL(url).pathname)).html).toContain('六位口令');
  const form = await browser.open(url, code);
  expect(form.status).toBe(200);
  const wrong = await browser.send(form.place, { ...REPORT, content: '', do: 'send' });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('示例外人甲');
  const sent = await browser.send(form.place, { ...REPORT, do: 'send' });
  expect(sent.html).toContain('已收到您的记录');
  const again = await browser.send(form.place, { ...REPORT, do: 'send' });
  expect(again.html).toContain('已收到您的记录');
  const chat = (await bureau.chatOf('林砚秋')).map(({ content }) => JSON.stringify(content)).join('\n');
  expect(chat.match(/已收到您的记录/gu)).toHaveLength(1);
  expect(chat).not.toContain('青玉案');
  expect(chat).not.toContain('示例外人甲');
  const link = /href="(\/p\/view\?k=[\w-]+)"/u.exec(sent.html)?.[1] ?? '';
  const record = await browser.get(link);
  expect(record.html).toContain('青玉案项目');
});

it('an officer reads and takes up a record on the page', async () => {
  const filed = (await bureau.chatOf('林砚秋')).at(-1);
  const shown = button(filed?.content ?? { kind: 'text', text: '' }, '查看');
  const asked = await bureau.say('唐文澜', shown);
  expect(readable(asked.content)).not.toContain('青玉案');
  const { url, code } = wayIn(asked.content);
  const browser = bureau.visitor();
  const record = await browser.open(url, code);
  expect(record.html).toContain('青玉案项目');
  const { place, values } = formWith(record.html, '受理');
  const taken = await browser.post(place, values);
  expect(taken.html).toContain('已受理');
});

it('where contents travel by the chat, a record still has a page for its files and papers', async () => {
  const chatting = await openPageBureau('chat');
  onTestFinished(() => chatting.close());
  const form = await chatting.say('林砚秋', '我要报告');
  const send = button(form.content, '提交');
  const filled = { ...REPORT, promise: true };
  const { card } = await chatting.act('林砚秋', form.messageId, send, filled);
  const shown = await chatting.say('林砚秋', button(card ?? form.content, '查看'));
  expect(readable(shown.content)).toContain('青玉案');
  const { card: link } = await chatting.act('林砚秋', shown.messageId, button(shown.content, '文件与下载'));
  const { url, code } = wayIn(link);
  const record = await chatting.visitor().open(url, code);
  expect(record.html).toContain('下载 PDF');
});
