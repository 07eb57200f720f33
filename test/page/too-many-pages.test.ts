import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultRules } from '../../config/rules.ts';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';
import type { Visitor } from './visitor.ts';

let bureau: PageBureau;
beforeAll(async () => {
  bureau = await openPageBureau();
});
afterAll(() => bureau.close());

/** A browser of this person, and the form that stands in it. */
async function atForm(name: string): Promise<{ browser: Visitor; place: string }> {
  const { url, code } = wayIn((await bureau.say(name, '我要报告')).content);
  const browser = bureau.visitor();
  return { browser, place: (await browser.open(url, code)).place };
}

it('whoever asks too much of the pages waits, in each of his browsers, and may leave; others go on', async () => {
  const { pagesPerMinute } = defaultRules.limits;
  const [{ browser, place }, other, colleague] = [
    await atForm('林砚秋'),
    await atForm('林砚秋'),
    await atForm('许星阑'),
  ];
  const all = await Promise.all(Array.from({ length: pagesPerMinute }, () => browser.get(place)));
  expect(all.filter(({ status }) => status === 200).length).toBeGreaterThan(pagesPerMinute - 5);
  for (const refused of [await browser.get(place), await other.browser.get(other.place)]) {
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.html).toMatch(/您访问太频繁，这一次没有处理。请等 \d+ 秒后再试。/u);
  }
  expect((await colleague.browser.get(colleague.place)).status).toBe(200);
  expect((await browser.post('/p/leave', {})).html).toContain('已离开');
});

it('where the limit cannot be asked for, a page says so like any other fault', async () => {
  const { browser, place } = await atForm('苏静宜');
  using file = new DatabaseSync(bureau.databaseFile);
  file.exec(`UPDATE "PageLink" SET "sealed" = x'00'`);
  const { status, headers, html } = await browser.get(place);
  expect([status, headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
  expect(html).toContain('系统出现故障');
});
