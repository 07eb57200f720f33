import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Nothing is wider than the window, every word can be read, on a phone every control hit with a thumb. */
export async function looked(page: Page, name: string, width: number): Promise<void> {
  // A table can be there before what styles it.
  await page.waitForLoadState();
  if (process.env.PAGE_PICTURES)
    await page.screenshot({ path: `${process.env.PAGE_PICTURES}/${name}.png`, fullPage: true });
  const { low, ...found } = (await page.evaluate(MEASURE)) as { low: string[]; [name: string]: unknown };
  expect(found, name).toEqual({ tooWide: false, small: [] });
  if (width < 500) expect(low, name).toEqual([]);
  expect(await faultsOn(page), name).toEqual([]);
}

const MEASURE = `(() => {
  const shown = (element) => element.getClientRects().length > 0 && !element.closest('.unseen, .first, .items thead');
  const of = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const name = (element) => element.tagName + ' ' + (element.textContent || element.name).slice(0, 20);
  return {
    tooWide: document.documentElement.scrollWidth > window.innerWidth,
    small: of('body *').filter((element) => parseFloat(getComputedStyle(element).fontSize) < 13).map(name),
    low: of('button, input:not([type=checkbox]), select, label.check, label.tickbox, a').filter((element) => element.getBoundingClientRect().height < 40).map(name),
  };
})()`;

/** What axe finds that keeps somebody out: serious and critical, and where it stands. */
async function faultsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { passes, violations } = (await page.evaluate('axe.run(document)')) as AxeResults;
  expect(passes.length).toBeGreaterThan(10);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 120))
          .join(' | ')}`,
    );
}
