import { afterAll, beforeAll, expect, it } from 'vitest';
import { readable } from '../../bot/local/chat-client.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { openPageBureau, type PageBureau, REPORT, wayIn } from './page-bureau.ts';
import { formWith } from './visitor.ts';

let bureau: PageBureau;
let store: Store;
beforeAll(async () => {
  bureau = await openPageBureau();
  store = await openStore(
    readEnvironment({ DATA_DIR: bureau.databaseFile.replace('/qinglian.db', '') }),
    ledgers,
  );
});
afterAll(async () => {
  await store.database.close();
  await bureau.close();
});

const STAYS = '刚才那条消息还留在聊天记录里，请您自行撤回或删除';
const CARRIED = '聊天里不收内容，还没有登记';

/** What the bot said to the person, all of it. */
const heard = async (name: string) =>
  (await bureau.chatOf(name))
    .filter(({ from }) => from === 'bot')
    .map(({ content }) => JSON.stringify(content))
    .join('\n');
const recorded = async () => [
  await store.database.rows.entry.count(),
  await store.database.rows.auditRecord.count(),
];

async function file(name: string): Promise<string> {
  const { url, code } = wayIn((await bureau.say(name, '我要报告')).content);
  const browser = bureau.visitor();
  const { place } = await browser.open(url, code);
  const { html } = await browser.send(place, { ...REPORT, do: 'send' });
  return /已收到您的记录 ([2-9A-Z]{4}-[2-9A-Z]{4})/u.exec(html)?.[1] ?? '';
}

/** Says it in the chat, and sends the form of the page as it opens, with what is missing. */
async function saidAndSent(name: string, words: string, missing: Record<string, string> = {}) {
  const before = await recorded();
  const reply = await bureau.say(name, words);
  expect(readable(reply.content)).toContain(CARRIED);
  expect(readable(reply.content)).toContain(STAYS);
  expect(await recorded()).toEqual(before);
  expect(await store.database.rows.inbox.count()).toBe(0);
  const { url, code } = wayIn(reply.content);
  const browser = bureau.visitor();
  const form = await browser.open(url, code);
  const sent = await browser.send(form.place, { ...missing, do: 'send' });
  return { form: form.html, sent: sent.html };
}

it('a whole sentence is not taken in the chat: it stands on the page to be checked, and nowhere else', async () => {
  const { form, sent } = await saidAndSent('许星阑', '今天早上八点王某打电话让我在青玉案项目评审中关照', {
    reply: 'refused',
    promise: 'true',
  });
  expect(form).toContain('青玉案');
  expect(sent).toContain('已收到您的记录');
  expect(await heard('许星阑')).not.toContain('青玉案');
});

it('questions and answers with a number are carried to the page; a number alone works as ever', async () => {
  const ref = await file('林砚秋');
  expect(readable((await bureau.say('唐文澜', `受理 ${ref}`)).content)).toContain('已受理');
  const asked = await saidAndSent('唐文澜', `追问 ${ref} 定风波是哪一天？`);
  expect(asked.form).toContain('定风波是哪一天？');
  expect(asked.sent).toContain('已追问');
  const nobody = readable((await bureau.say('唐文澜', `认定 ${ref} 示例水调歌头`)).content);
  expect(nobody).toContain(STAYS);
  expect(nobody).not.toContain('水调歌头');
  const replied = await saidAndSent('林砚秋', `回复 ${ref} 蝶恋花那一天`);
  expect(replied.form).toContain('蝶恋花那一天');
  expect(replied.sent).toContain('已回复');
  expect(readable((await bureau.say('唐文澜', `备查 ${ref}`)).content)).not.toContain(CARRIED);
  for (const name of ['林砚秋', '唐文澜'])
    expect(await heard(name), name).not.toMatch(/定风波|蝶恋花|青玉案/u);
});

it('what is refused or not understood says that it was not kept and still stands in the chat', async () => {
  const ref = await file('林砚秋');
  const drafts = await store.database.rows.draft.count();
  const refused = readable((await bureau.say('林砚秋', `回复 ${ref} 蝶恋花那一天`)).content);
  expect(refused).toContain('没有等您回复的追问');
  expect(refused).toContain(STAYS);
  const plain = readable((await bureau.say('林砚秋', `回复 ${ref}`)).content);
  expect(plain).toContain('没有等您回复的追问');
  expect(plain).not.toContain(STAYS);
  const odd = readable((await bureau.say('林砚秋', '蝶恋花蝶恋花蝶恋花蝶恋花')).content);
  expect(odd).toContain('涉及内容的请您自行撤回或删除');
  expect(await store.database.rows.draft.count()).toBe(drafts);
  expect(await heard('林砚秋')).not.toContain('蝶恋花');
});

it('a form sent from a card in the chat is not taken either, and its answers open with the page', async () => {
  const asked = await bureau.say('林砚秋', '我要报告');
  const draft = await store.database.rows.draft.findFirstOrThrow({ orderBy: { openedAt: 'desc' } });
  const before = await recorded();
  const sent = await bureau.act('林砚秋', asked.messageId, `提交 ${draft.id}`, { ...REPORT, promise: true });
  expect(await recorded()).toEqual(before);
  const { url, code } = wayIn(sent.card);
  expect(readable(sent.card ?? asked.content)).toContain(CARRIED);
  const browser = bureau.visitor();
  const form = await browser.open(url, code);
  expect(form.html).toContain('青玉案');
  expect((await browser.send(form.place, { do: 'send' })).html).toContain('已收到您的记录');
  expect(await heard('林砚秋')).not.toContain('青玉案');
});

it('a file is not taken in the chat: the answer is the way to the page itself', async () => {
  await bureau.say('秦书遥', '我要报告');
  const name = encodeURIComponent('示例青玉案.txt');
  const sent = await fetch(
    `${bureau.service.address}/chat/api/file?person=${bureau.idOf('秦书遥')}&name=${name}`,
    { method: 'POST', body: '示例' },
  );
  expect(sent.status).toBe(200);
  const last = (await bureau.chatOf('秦书遥')).at(-1);
  expect(last && readable(last.content)).toContain('刚才的文件没有保存，但还留在聊天记录里');
  expect(await store.database.rows.attachment.count()).toBe(0);
  const { url, code } = wayIn(last?.content);
  expect((await bureau.visitor().open(url, code)).html).toContain('佐证文件');
  const ref = await file('秦书遥');
  const way = wayIn((await bureau.say('秦书遥', `补充佐证 ${ref}`)).content);
  expect((await bureau.visitor().open(way.url, way.code)).html).toContain('补充佐证');
});

it('a reason typed for what was not read yet is not carried on, and the record opens with it to be read', async () => {
  const ref = await file('林砚秋');
  const reply = await bureau.say('唐文澜', `备查 ${ref} 定风波理由`);
  expect(readable(reply.content)).toContain(STAYS);
  const { url, code } = wayIn(reply.content);
  const browser = bureau.visitor();
  const record = await browser.open(url, code);
  expect(record.html).toContain('青玉案');
  const { place, values } = formWith(record.html, '备查：咨询正常业务');
  expect((await browser.post(place, values)).html).toContain('备查');
  expect(readable((await bureau.say('林砚秋', `查看 ${ref}`)).content)).not.toContain('已提交');
  const several = [await file('林砚秋'), await file('林砚秋')];
  await bureau.say('唐文澜', `备查 ${ref},${several.join(',')} 定风波理由`);
  expect(await heard('唐文澜')).not.toContain('定风波');
});
