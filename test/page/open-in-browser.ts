import type { Browser, Page } from 'playwright-core';

/** How somebody looks at a page. */
export interface Look {
  /** CSS pixels. */
  width: number;
  colorScheme: 'light' | 'dark';
}

/** Opens a page by its link and code. */
export async function openInBrowser(
  browser: Browser,
  { url, code }: { url: string; code: string },
  { width, colorScheme }: Look,
): Promise<Page> {
  const viewport = { width, height: 800 };
  const context = await browser.newContext({ viewport, locale: 'zh-CN', colorScheme });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('六位口令').fill(code);
  await page.getByRole('button', { name: '打开' }).click();
  return page;
}
