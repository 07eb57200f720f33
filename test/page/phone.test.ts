import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, startChromium } from '../chromium.ts';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';

const title = chromiumPath
  ? 'a phone without scripts'
  : 'a phone without scripts (skipped: this machine has no Chromium)';

describe.skipIf(!chromiumPath)(title, () => {
  let browser: Browser;
  let bureau: PageBureau;

  beforeAll(async () => {
    browser = await startChromium();
    bureau = await openPageBureau();
  });
  afterAll(async () => {
    await browser?.close();
    await bureau?.close();
  });

  it('leads from the card in the chat to the receipt, and keeps what was typed over a second link', async () => {
    const asked = await bureau.say('林砚秋', '我要报告');
    const page = await phone(browser);
    await enter(page, wayIn(asked.content));
    await page.getByLabel('过问干预人姓名').fill('示例外人甲');
    await page.getByLabel('具体内容').fill('示例内容：请多关照\n<b>青玉案</b>');
    await page.getByRole('button', { name: '暂存', exact: true }).click();
    await page.getByText('已暂存，还没有提交。').waitFor();
    await page.getByRole('button', { name: '离开' }).click();
    await page.getByText('已离开，').waitFor();
    await fits(page, 'left');

    const renewed = await bureau.act(
      '林砚秋',
      asked.messageId,
      asked.content.kind === 'notice' ? (asked.content.actions.at(-1)?.action ?? '') : '',
    );
    const second = await phone(browser);
    await enter(second, wayIn(renewed.card));
    expect(await second.getByLabel('具体内容').inputValue()).toBe('示例内容：请多关照\n<b>青玉案</b>');
    await second.getByRole('button', { name: '提交', exact: true }).click();
    await second.getByText('项需要修改，已填的内容都保留着').waitFor();
    await fits(second, 'wrong');
    await second.getByLabel('事发时间').fill('2026-11-23T08:10');
    await second.getByLabel('人员类别').selectOption('applicant');
    await second.getByLabel('方式').selectOption('phone');
    await second.getByLabel('涉及环节').selectOption('review');
    await second.getByLabel('游说说情').check();
    await second.getByLabel('拒绝').check();
    await second.getByLabel('本人承诺以上内容如实').check();
    await second
      .getByLabel('佐证文件')
      .setInputFiles({ name: '示例截图.png', mimeType: 'image/png', buffer: PNG });
    await second.getByRole('button', { name: '提交', exact: true }).click();
    await second.getByText('已收到您的记录').waitFor();
    await fits(second, 'receipt');
    await second.getByRole('link', { name: '查看这条记录' }).click();
    await second.getByText('<b>青玉案</b>').waitFor();
    await fits(second, 'record');
  });

  it('is dark where the phone is, and says in one sentence what does not open', async () => {
    const page = await phone(browser, 'dark');
    await page.goto(`${bureau.service.address}/p/${'a'.repeat(43)}`);
    await page.getByLabel('六位口令').fill('１２３４５６');
    await page.getByRole('button', { name: '打开' }).click();
    await page.getByText('链接或口令不对，或者已经失效').waitFor();
    await fits(page, 'code-wrong');
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function phone(browser: Browser, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 375, height: 740 },
    javaScriptEnabled: false,
    locale: 'zh-CN',
    colorScheme,
  });
  return context.newPage();
}

async function enter(page: Page, { url, code }: { url: string; code: string }): Promise<void> {
  await page.goto(url);
  await fits(page, 'code');
  await page.getByLabel('六位口令').fill(code);
  await page.getByRole('button', { name: '打开' }).click();
  await page.getByRole('button', { name: '提交', exact: true }).waitFor();
  await fits(page, 'form');
}

/** Nothing is wider than the phone, every word can be read, every control hit with a thumb. */
async function fits(page: Page, name: string): Promise<void> {
  if (process.env.PAGE_PICTURES)
    await page.screenshot({ path: `${process.env.PAGE_PICTURES}/page-${name}.png`, fullPage: true });
  const found = await page.evaluate(MEASURE);
  expect(found, name).toEqual({ tooWide: false, small: [], low: [] });
}

const MEASURE = `(() => {
  const shown = (element) => element.getClientRects().length > 0 && !element.classList.contains('first');
  const of = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const name = (element) => element.tagName + ' ' + (element.textContent || element.name).slice(0, 20);
  return {
    tooWide: document.documentElement.scrollWidth > window.innerWidth,
    small: of('body *').filter((element) => parseFloat(getComputedStyle(element).fontSize) < 16).map(name),
    low: of('button, input:not([type=checkbox], [type=radio]), select, textarea, summary, label.check, a').filter((element) => element.getBoundingClientRect().height < 40).map(name),
  };
})()`;
