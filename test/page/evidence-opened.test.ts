import { afterAll, beforeAll, expect, it } from 'vitest';
import { readable } from '../../bot/local/chat-client.ts';
import { evidenceFile } from '../ledger/rectification/give-evidence.ts';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';
import { formWith } from './visitor.ts';

const REF = 'Z1-1-1';
const [RESPONSIBLE, LEADER] = ['林砚秋', '孟知行'];
const UNOPENED = '没有打开过佐证文件';

let bureau: PageBureau;
beforeAll(async () => {
  bureau = await openPageBureau();
  await bureau.say('程一禾', `指派 ${REF} 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`);
  const { browser, shown } = await open(RESPONSIBLE);
  const { place, values } = formWith(shown.html, '上传');
  const { name, bytes } = evidenceFile();
  const kept = await browser.send(place, values, { [name]: bytes });
  await browser.get(downloadIn(kept.html));
  await bureau.say(RESPONSIBLE, `申请销号 ${REF} 已完成（示例）`);
});
afterAll(() => bureau.close());

async function open(name: string) {
  const { url, code } = wayIn((await bureau.say(name, `打开 ${REF}`)).content);
  const browser = bureau.visitor();
  return { browser, shown: await browser.open(url, code) };
}

const downloadIn = (html: string): string =>
  /href="(\/p\/file\?k=[\w-]+&(?:amp;)?f=[\w-]+)"/u.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

const read = async (name: string, words: string) => readable((await bureau.say(name, words)).content);

it('who only looks at the page, or asks for a file that is not there, has opened none', async () => {
  const { browser, shown } = await open(LEADER);
  const place = downloadIn(shown.html);
  expect((await browser.get(`${place.slice(0, -4)}0000`)).status).not.toBe(200);
  expect(await read('唐文澜', `查阅记录 ${REF}`)).toContain('还没有人查阅');
});

it('who takes a file away has opened it: it stands in the records, and nothing is said when he reviews', async () => {
  const { browser, shown } = await open(LEADER);
  expect((await browser.get(downloadIn(shown.html))).status).toBe(200);
  expect(await read('唐文澜', `查阅记录 ${REF}`)).toMatch(new RegExp(`查阅记录（1 次）[^]+${LEADER}`, 'u'));
  await bureau.say(LEADER, `审核通过 ${REF}`);
  expect(await read('程一禾', `查看 ${REF}`)).not.toContain(UNOPENED);
});

it('who has not, of him it is said', async () => {
  await bureau.say('叶知秋', `复核通过 ${REF}`);
  const shown = await read('田守正', `查看 ${REF}`);
  expect(shown).toMatch(new RegExp(`审核时未打开佐证：叶知秋 .+ 复核通过，.+${UNOPENED}`, 'u'));
  expect(await read(RESPONSIBLE, `查看 ${REF}`)).not.toContain(UNOPENED);
});
