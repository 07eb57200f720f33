import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnvironment } from '../../config/environment.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import { openStore } from '../../open-store.ts';
import { openPageBureau, type PageBureau, REPORT, wayIn } from './page-bureau.ts';

let bureau: PageBureau;
beforeAll(async () => {
  bureau = await openPageBureau();
});
afterAll(() => bureau.close());

async function typed(name: string) {
  const { url, code } = wayIn((await bureau.say(name, '我要报告')).content);
  const browser = bureau.visitor();
  const { place } = await browser.open(url, code);
  const { html } = await browser.send(place, { ...REPORT, do: 'keep' });
  return { browser, place, html };
}

const chosen = (html: string) =>
  [...html.matchAll(/<input type="checkbox" name="(\w+)"[^>]* value="(\w+)" checked>/gu)].map(
    ([, name, value]) => `${name}=${value}`,
  );
const ALL = ['circumstances=lobbying', 'circumstances=other', 'promise=true'];

it('what a browser does not send a word of stays as it was', async () => {
  const { browser, place, html } = await typed('林砚秋');
  expect(chosen(html)).toEqual(ALL);
  const { html: kept } = await browser.send(place, { do: 'keep' });
  expect(kept).toContain('青玉案');
  expect(kept).toContain('示例外人甲');
  expect(chosen(kept)).toEqual(ALL);
  const { html: changed } = await browser.send(place, { content: '示例内容：定风波项目', do: 'keep' });
  expect(changed).toContain('定风波');
  expect(changed).not.toContain('青玉案');
  expect(changed).toContain('示例外人甲');
});

it('what was unticked on the page that showed it is empty then, and so is text that was deleted', async () => {
  const { browser, place, html } = await typed('许星阑');
  const shown = /<input type="hidden" name="shown" value="([\w ]+)">/u.exec(html)?.[1] ?? '';
  expect(shown.split(' ')).toEqual(expect.arrayContaining(['circumstances', 'promise', 'content']));
  const one = await browser.send(place, { shown: 'circumstances', do: 'keep' });
  expect(chosen(one.html)).toEqual(['promise=true']);
  const all = await browser.send(place, { shown, content: '', do: 'keep' });
  expect(chosen(all.html)).toEqual([]);
  expect(all.html).not.toContain('青玉案');
  expect(all.html).toContain('示例外人甲');
});

it('files that came with a form that was refused for something else are kept with it', async () => {
  const { browser, place } = await typed('秦书遥');
  const file = { '示例.txt': new TextEncoder().encode('示例佐证') };
  const refused = await browser.send(place, { content: '', do: 'send' }, file);
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('下面的文件已随表单保存，不用再选');
  expect(refused.html).toContain('示例.txt');
  const sent = await browser.send(place, { content: '示例内容：青玉案项目', do: 'send' });
  const record = /href="(\/p\/view\?k=[\w-]+)"/u.exec(sent.html)?.[1] ?? '';
  expect((await browser.get(record)).html).toContain('示例.txt');
});

it('a form that is sent by name alone is sent with what was put by', async () => {
  const { browser, place } = await typed('秦书遥');
  expect((await browser.send(place, { do: 'send' })).html).toContain('已收到您的记录');
});

it('a form that was sent elsewhere leads to its record, and once', async () => {
  const { browser, place } = await typed('林砚秋');
  const environment = readEnvironment({ DATA_DIR: bureau.databaseFile.replace('/qinglian.db', '') });
  const store = await openStore(environment, ledgers);
  const draft = await store.database.rows.draft.findFirstOrThrow({
    where: { personId: bureau.idOf('林砚秋'), state: 'open' },
    orderBy: { openedAt: 'desc' },
  });
  await store.database.close();
  const { url, code } = wayIn((await bureau.say('林砚秋', `打开 ${draft.id}`)).content);
  const other = bureau.visitor();
  const there = await other.open(url, code);
  expect(there.html).toContain('青玉案');
  await browser.send(place, { do: 'send' });
  const views = new Set<string>();
  for (let times = 0; times < 2; times++) {
    const { html } = await other.get(there.place);
    expect(html).toContain('查看这条记录');
    views.add(/href="(\/p\/view\?k=[\w-]+)"/u.exec(html)?.[1] ?? '');
  }
  expect([...views]).toHaveLength(1);
  expect((await other.get([...views][0] ?? '')).html).toContain('青玉案');
});
