import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, startChromium } from '../chromium.ts';
import { looked } from './ledger-look.ts';
import { type Look, openInBrowser } from './open-in-browser.ts';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';

const title = chromiumPath
  ? 'the ledger page in a browser'
  : 'the ledger page in a browser (skipped: this machine has no Chromium)';

describe.skipIf(!chromiumPath)(title, () => {
  let browser: Browser;
  let bureau: PageBureau;

  beforeAll(async () => {
    browser = await startChromium();
    bureau = await openPageBureau();
    await assign(bureau);
    await bureau.moveClock('2027-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await browser?.close();
    await bureau?.close();
  });

  it.each([
    ['desktop', 1280, 'light'],
    ['phone', 375, 'light'],
    ['phone-dark', 375, 'dark'],
  ] as const)('fits a %s of %i px, can be read and hit, and has no fault that axe calls serious', async (name, width, colorScheme) => {
    const page = await opened({ width, colorScheme });
    await looked(page, `table-${name}`, width);
    await page.getByLabel('分组').selectOption('problem');
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await page.getByRole('rowheader', { name: /^Z1 / }).first().waitFor();
    await looked(page, `grouped-${name}`, width);
    await page.getByRole('link', { name: 'Z1-1-1', exact: true }).click();
    await page.getByText('核对一致').waitFor();
    await looked(page, `item-${name}`, width);
    await page.getByRole('link', { name: '回到台账' }).click();
    expect(await page.getByLabel('分组').inputValue()).toBe('problem');
    await page.context().close();
  });

  it('goes from ticked rows to the form and back by the keyboard alone', async () => {
    const page = await opened({ width: 1280, colorScheme: 'light' });
    await page.getByLabel('勾选 Z1-2-1').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: /^指派（/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^指派 Z1-2-1/ }).waitFor();
    await page.goBack();
    await page.getByRole('table', { name: '整改事项' }).waitFor();
    await page.context().close();
  });

  it('is printed on A4 across, its headings on every sheet, without buttons', async () => {
    const page = await opened({ width: 1280, colorScheme: 'light' });
    await page.getByRole('link', { name: '打印', exact: true }).click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('打印人：程一禾').isVisible()).toBe(true);
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const [, across, down] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/u.exec(pdf.toString('latin1')) ?? [];
    expect(Number(across)).toBeGreaterThan(Number(down));
    const heads = await page.evaluate("getComputedStyle(document.querySelector('.items thead')).display");
    expect(heads).toBe('table-header-group');
    await page.context().close();
  });

  async function opened(look: Look): Promise<Page> {
    const way = wayIn((await bureau.say('程一禾', '台账页')).content);
    const page = await openInBrowser(browser, way, look);
    await page.getByRole('table', { name: '整改事项' }).waitFor();
    return page;
  }
});

async function assign(bureau: PageBureau): Promise<void> {
  const { content, messageId } = await bureau.say('程一禾', '指派 1');
  const action = content.kind === 'form' ? (content.actions[0]?.action ?? '') : '';
  const form = { leader: bureau.idOf('孟知行'), responsible: [bureau.idOf('许星阑')], dueOn: '2026-12-31' };
  await bureau.act('程一禾', messageId, action, form);
}
