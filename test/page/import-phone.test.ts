import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, startChromium } from '../chromium.ts';
import { HEAD, ROW, sheetOf } from '../ledger/rectification/workbook/files.ts';
import { looked } from './ledger-look.ts';
import { type Look, openInBrowser } from './open-in-browser.ts';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';

const title = chromiumPath
  ? 'the import page in a browser'
  : 'the import page in a browser (skipped: this machine has no Chromium)';

/** One that can be taken in, one whose 责任人 nobody is, one whose date is none, and a long sentence without a space. */
const ROWS = [
  ROW,
  [
    2,
    '项目管理',
    '示例：经费拨付滞后',
    '示例：按季度通报',
    '孟知行',
    '规划与资源配置科',
    '示例无此人',
    '2026年12月31日',
  ],
  [3, '作风', '示例：督办不闭环', '示例：建立督办台账', '孟知行', '规划与资源配置科', '顾长风', '尽快'],
  [
    4,
    '作风',
    '示例问题'.repeat(60),
    '示例措施'.repeat(60),
    '孟知行',
    '规划与资源配置科',
    '顾长风',
    '长期坚持',
  ],
];

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

  it.each([
    ['desktop', 1280, 'light'],
    ['phone', 375, 'light'],
    ['phone-dark', 375, 'dark'],
  ] as const)('fits a %s of %i px, can be read and hit, and has no fault that axe calls serious, from the file to what came of it', async (name, width, colorScheme) => {
    const page = await opened({ width, colorScheme });
    await looked(page, `import-file-${name}`, width);
    await choose(page, [['收件登记'], ['序号', '来文单位'], [1, '示例单位']]);
    await page.getByRole('alert').waitFor();
    await looked(page, `import-refused-${name}`, width);
    await page.goBack();
    await page.getByLabel('新轮次名称').fill(`示例轮次 ${name}`);
    await choose(page, [HEAD, ...ROWS]);
    await page.getByRole('heading', { name: '将要做的' }).waitFor();
    await page.getByText(/没有对应到列的/u).click();
    await looked(page, `import-look-${name}`, width);
    await page.getByRole('button', { name: '确认导入' }).click();
    await page.getByRole('status').waitFor();
    await looked(page, `import-done-${name}`, width);
    await page.context().close();
  });

  it('goes from the columns to 确认导入 by the keyboard alone, and Enter in a field imports nothing', async () => {
    const page = await opened({ width: 1280, colorScheme: 'light' });
    await choose(page, [HEAD, ROW]);
    await page.getByLabel('新轮次名称').fill('示例：键盘导入');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '核对后导入' }).waitFor();
    expect(await page.getByRole('status').count()).toBe(0);
    await page.getByRole('button', { name: '确认导入' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '已导入' }).waitFor();
    await page.context().close();
  });

  async function opened(look: Look): Promise<Page> {
    const way = wayIn((await bureau.say('程一禾', '导入台账')).content);
    const page = await openInBrowser(browser, way, look);
    await page.getByLabel('表格文件').waitFor();
    return page;
  }

  async function choose(page: Page, rows: Parameters<typeof sheetOf>[0]): Promise<void> {
    const file = {
      name: '示例整改台账.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(await sheetOf(rows)),
    };
    await page.getByLabel('表格文件').setInputFiles(file);
    await page.getByRole('button', { name: '读取并核对' }).click();
  }
});
