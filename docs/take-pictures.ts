import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { ChatClient } from '../bot/local/chat-client.ts';
import { readEnvironment } from '../config/environment.ts';
import { type Service, startService } from '../start.ts';
import { startChromium } from '../test/chromium.ts';

/** Wednesday of the sample bureau, 10:06 in Beijing. */
const START = Date.parse('2026-11-25T10:06:00+08:00');
/** One step for each message of the story, so that each bears the time at which it was sent. */
const UNTIL_DIGEST = ['2026-11-27T15:00:00+08:00', '2026-11-30T08:30:00+08:00'];
const UNTIL_WEEKLY_CARD = ['2026-11-30T09:00:00+08:00', '2026-11-30T09:30:00+08:00'];

const SENTENCE = '昨天下午三点王处长打电话，让我在纳米材料项目评审中关照一下，我当场拒绝了';

const PHONE = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 1.5,
};
/** A long form in one picture. */
const TALL_PHONE = { ...PHONE, viewport: { width: 390, height: 1180 } };
const DESKTOP = { viewport: { width: 1280, height: 940 }, deviceScaleFactor: 1 };

/** Larger pictures make a clone slow. */
const MAX_BYTES = 300 * 1024;

// Date inputs go by the page's language, as on a Chinese phone, and not by that of this machine.
const LANGUAGE = '--enable-blink-features=LangAttributeAwareFormControlUI';

const IMAGES = fileURLToPath(new URL('./images', import.meta.url));

interface Studio {
  service: Service;
  browser: Browser;
  ids: ReadonlyMap<string, string>;
}

/** The scene of the manual, played on a throw-away sample bureau; the pictures are taken on the way. */
async function takePictures(studio: Studio): Promise<void> {
  await report(studio);
  await assign(studio);
  await twoWindows(studio);
  await moveClock(studio.service, UNTIL_DIGEST);
  await digest(studio);
  await moveClock(studio.service, UNTIL_WEEKLY_CARD);
  await weeklyCard(studio);
}

/** A sentence becomes a form, the form a receipt: the five taps that the manual counts, and one sentence. */
async function report(studio: Studio): Promise<void> {
  const { page, context } = await openWindow(studio, PHONE, '林砚秋');
  await page.locator('.composer-input').fill(SENTENCE);
  await picture(page, 'report-sentence');
  await page.getByRole('button', { name: '发送' }).tap();
  const form = page.locator('form.card');
  await form.waitFor();
  await picture(page, 'report-form');
  await field(form, 'intercessorKind').selectOption({ label: '上级领导' });
  await field(form, 'promise').check();
  await form.getByRole('button', { name: '提交' }).tap();
  await page.locator('.card', { hasText: '已收到您的记录' }).waitFor();
  await picture(page, 'report-receipt');
  await context.close();
}

/** The officer assigns a whole problem with one form. */
async function assign(studio: Studio): Promise<void> {
  const { page, context } = await openWindow(studio, TALL_PHONE, '程一禾');
  await say(page, '指派 1');
  const form = page.locator('form.card');
  await form.waitFor();
  await pick(form, 'leader', '孟知行');
  await pick(form, 'responsible', '许星阑');
  await form.locator('.card-title').scrollIntoViewIfNeeded();
  await picture(page, 'assign');
  await form.getByRole('button', { name: '提交' }).tap();
  await page.getByText('已指派').first().waitFor();
  await context.close();
}

/** The officer accepts a report; the reporter is told in the window beside his. */
async function twoWindows(studio: Studio): Promise<void> {
  const { page, context } = await openWindow(studio, DESKTOP, '林砚秋', '唐文澜');
  const officer = page.locator(`.phone[data-person="${idOf(studio, '唐文澜')}"]`);
  await officer.getByRole('button', { name: '受理', exact: true }).click();
  await page.locator('.phone').first().getByText('您的记录有新进展').waitFor();
  await officer.getByText('已受理').first().waitFor();
  await picture(page, 'two-windows');
  await context.close();
}

async function weeklyCard(studio: Studio): Promise<void> {
  const { page, context } = await openWindow(studio, PHONE, '许星阑');
  const card = page.locator('.message', { hasText: '本周督查（' });
  await card.getByRole('button', { name: '按计划' }).first().tap();
  await card.getByText('本周已回复').first().waitFor();
  await toTop(card);
  await picture(page, 'weekly-card');
  await context.close();
}

async function digest(studio: Studio): Promise<void> {
  const { page, context } = await openWindow(studio, PHONE, '田守正');
  await page.locator('.message', { hasText: '清廉周报' }).last().waitFor();
  await picture(page, 'digest');
  await context.close();
}

interface Window {
  page: Page;
  context: BrowserContext;
}

async function openWindow(
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

async function say(page: Page, text: string): Promise<void> {
  await page.locator('.composer-input').fill(text);
  await page.getByRole('button', { name: '发送' }).tap();
}

const field = (form: Locator, name: string): Locator =>
  form.locator(`[data-field="${name}"]`).locator('select, input, textarea').first();

/** Finds a person by name, as one does on a phone. */
async function pick(form: Locator, name: string, person: string): Promise<void> {
  await field(form, name).fill(person);
  await form.locator(`[data-field="${name}"] [role=option]`).first().click();
}

/** The message at the top of the window, not half of the one before. */
const toTop = (message: Locator): Promise<void> =>
  message.evaluate((element) => element.scrollIntoView({ block: 'start' }));

async function picture(page: Page, name: string): Promise<void> {
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
  const path = join(IMAGES, `${name}.png`);
  await page.screenshot({ path });
  const { size } = await stat(path);
  if (size > MAX_BYTES) throw new Error(`${path} has ${size} bytes, expected at most ${MAX_BYTES}`);
  process.stdout.write(`${name}.png ${Math.round(size / 1024)} KB\n`);
}

function idOf({ ids }: Studio, name: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`Nobody in the sample bureau is called ${name}`);
  return id;
}

async function moveClock({ address, idle }: Service, steps: readonly string[]): Promise<void> {
  for (const to of steps) {
    await new ChatClient(address).moveClock(to);
    await idle();
  }
}

async function idsByName({ address }: Service): Promise<Map<string, string>> {
  const people = await new ChatClient(address).people();
  return new Map(people.map(({ id, name }) => [name, id]));
}

await mkdir(IMAGES, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'qinglian-pictures-'));
const environment = readEnvironment({
  DATA_DIR: folder,
  PORT: '0',
  QINGLIAN_CONFIG: join(folder, 'none.yaml'),
});
const service = await startService(environment, {
  now: () => new Date(START),
  log: pino({ level: 'error' }),
});
const browser = await startChromium(LANGUAGE);
try {
  await takePictures({ service, browser, ids: await idsByName(service) });
} finally {
  await browser.close();
  await service.stop();
  await rm(folder, { recursive: true, force: true });
}
