import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Service } from '../start.ts';

/** Larger pictures make a clone slow. */
const MAX_BYTES = 300 * 1024;

export const IMAGES = fileURLToPath(new URL('./images', import.meta.url));

/** Where pictures are taken. */
export interface Studio {
  service: Service;
  browser: Browser;
  ids: ReadonlyMap<string, string>;
}

interface Window {
  page: Page;
  context: BrowserContext;
}

export async function openWindow(
  studio: Studio,
  device: BrowserContextOptions,
  ...names: string[]
): Promise<Window> {
  const context = await studio.browser.newContext({
    ...device,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  const page = await context.newPage();
  const people = names.map((name) => idOf(studio, name)).join(',');
  await page.goto(`${studio.service.address}/chat#p=${people}`);
  await page.locator('.composer-input').first().waitFor();
  return { page, context };
}

export async function say(page: Page, text: string): Promise<void> {
  await page.locator('.composer-input').fill(text);
  await page.getByRole('button', { name: '发送', exact: true }).tap();
}

export const field = (form: Locator, name: string): Locator =>
  form.locator(`[data-field="${name}"]`).locator('select, input, textarea').first();

/** Finds a person by name, as one does on a phone. */
export async function pick(form: Locator, name: string, person: string): Promise<void> {
  await field(form, name).fill(person);
  await form.locator(`[data-field="${name}"] [role=option]`).first().click();
}

/** The message at the top of the window, not half of the one before. */
export const toTop = (message: Locator): Promise<void> =>
  message.evaluate((element) => element.scrollIntoView({ block: 'start' }));

export async function picture(page: Page, name: string): Promise<void> {
  // A toast is of the moment and covers what the picture is to show.
  await page.locator('.toast').first().waitFor({ state: 'detached' });
  await page.locator(':focus').evaluateAll((focused) => {
    for (const element of focused) element.blur();
  });
  await page.locator('input[type^=date]').evaluateAll((inputs) => {
    for (const input of inputs) {
      // An input learns its language when it gets its type, and the page's do before they stand in the page.
      const type = input.getAttribute('type') ?? '';
      input.setAttribute('type', 'text');
      input.setAttribute('type', type);
    }
  });
  await page.waitForTimeout(300);
  await screenshot(page, name);
}

export async function screenshot(page: Page, name: string): Promise<void> {
  const path = join(IMAGES, `${name}.png`);
  await page.screenshot({ path });
  const { size } = await stat(path);
  if (size > MAX_BYTES) throw new Error(`${path} has ${size} bytes, expected at most ${MAX_BYTES}`);
  process.stdout.write(`${name}.png ${Math.round(size / 1024)} KB\n`);
}

export function idOf({ ids }: Studio, name: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`Nobody in the sample bureau is called ${name}`);
  return id;
}
