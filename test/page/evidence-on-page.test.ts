import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { button, type ChatMessage, readable } from '../../bot/local/chat-client.ts';
import { evidenceFile } from '../ledger/rectification/give-evidence.ts';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';
import { formWith, type Shown } from './visitor.ts';

const RESPONSIBLE = '林砚秋';

let bureau: PageBureau;
beforeAll(async () => {
  bureau = await openPageBureau();
  await bureau.say('程一禾', '指派 1-1 责任领导 孟知行 责任人 林砚秋 时限 2026-12-31');
  await bureau.say(RESPONSIBLE, '签收 1-1');
});
afterAll(() => bureau.close());

async function enter({ content }: ChatMessage, at = bureau) {
  const { url, code } = wayIn(content);
  const browser = at.visitor();
  return { browser, shown: await browser.open(url, code) };
}

const downloadIn = ({ html }: Shown): string =>
  /href="(\/p\/file\?k=[\w-]+&(?:amp;)?f=[\w-]+)"/u.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

it('where files do not travel by the chat, evidence is brought on the page, which then offers 申请销号', async () => {
  const asked = await bureau.say(RESPONSIBLE, '补充佐证 1-1');
  expect(readable(asked.content)).toContain('佐证文件不经聊天传递，请打开页面上传。');
  const { browser, shown } = await enter(asked);
  expect(shown.html).not.toContain('>申请销号<');
  const { place, values } = formWith(shown.html, '上传');
  const { name, bytes } = evidenceFile();
  const kept = await browser.send(place, values, { [name]: bytes });
  expect(kept.html).toContain('文件已保存');
  expect(kept.html).toContain(`${name}（文档，1 KB）`);
  const press = formWith(kept.html, '申请销号');
  const form = await browser.post(press.place, press.values);
  expect(form.html).toContain('完成情况');
});

it('who reviews opens the page and takes the file away as it came; who does not see the item finds none', async () => {
  const { browser, shown } = await enter(await bureau.say('程一禾', '打开 Z1-1-1'));
  expect(shown.html).not.toContain('>上传<');
  const file = await browser.get(downloadIn(shown));
  expect(file.headers.get('content-disposition')).toContain('attachment');
  expect(file.html).toMatch(/^示例佐证第 \d+ 份。\n$/u);
  const stranger = await bureau.say('何望舒', '打开 Z1-1-1');
  expect(readable(stranger.content)).toContain('没有找到编号「Z1-1-1」');
});

it('where files travel by the chat, an item with files has its page as well, and one without has no button for it', async () => {
  const chatting = await openPageBureau('chat');
  onTestFinished(() => chatting.close());
  await chatting.say('程一禾', '指派 1-1 责任领导 孟知行 责任人 林砚秋 时限 2026-12-31');
  const before = await chatting.say(RESPONSIBLE, '查看 1-1');
  expect(() => button(before.content, '文件与下载')).toThrow('No button');
  const { browser, shown } = await enter(await chatting.say(RESPONSIBLE, '打开 1-1'), chatting);
  const { place, values } = formWith(shown.html, '上传');
  const { name, bytes } = evidenceFile();
  await browser.send(place, values, { [name]: bytes });
  const after = await chatting.say('程一禾', '查看 1-1');
  expect(readable(after.content)).toContain(`1. ${name}（文档，1 KB，2026-11-23`);
  const { card } = await chatting.act('程一禾', after.messageId, button(after.content, '文件与下载'));
  const { url, code } = wayIn(card);
  expect((await chatting.visitor().open(url, code)).html).toContain('下载</a>');
});
