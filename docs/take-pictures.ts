import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BrowserContext, Page } from 'playwright-core';
import { ChatClient } from '../bot/local/chat-client.ts';
import { readEnvironment } from '../config/environment.ts';
import { type Service, startService } from '../start.ts';
import { startChromium } from '../test/chromium.ts';
import {
  field,
  IMAGES,
  idOf,
  openWindow,
  pick,
  picture,
  type Studio,
  say,
  screenshot,
  toTop,
} from './picture-studio.ts';

/** Wednesday of the sample bureau, 10:06 in Beijing. */
const START = Date.parse('2026-11-25T10:06:00+08:00');
/** One step for each message of the story, so that each bears the time at which it was sent. */
const UNTIL_DIGEST = ['2026-11-27T15:00:00+08:00', '2026-11-30T08:30:00+08:00'];
const UNTIL_WEEKLY_CARD = ['2026-11-30T09:00:00+08:00', '2026-11-30T09:30:00+08:00'];
const UNTIL_NIL_RETURN = ['2026-12-01T09:40:00+08:00'];

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

// Date inputs go by the page's language, as on a Chinese phone, and not by that of this machine.
const LANGUAGE = '--enable-blink-features=LangAttributeAwareFormControlUI';

/** The scene of the manual, played on a throw-away sample bureau; the pictures are taken on the way. */
async function takePictures(studio: Studio): Promise<void> {
  await report(studio);
  await assign(studio);
  await twoWindows(studio);
  await filesAndDownloads(studio);
  await moveClock(studio.service, UNTIL_DIGEST);
  await digest(studio);
  await moveClock(studio.service, UNTIL_WEEKLY_CARD);
  await weeklyCard(studio);
  await moveClock(studio.service, UNTIL_NIL_RETURN);
  await nilReturn(studio);
  await ledgerPage(studio);
}

/** A sentence becomes a form, the form a receipt: the five taps that the manual counts, and one sentence. */
async function report(studio: Studio): Promise<void> {
  const { page, context } = await openWindow(studio, PHONE, '林砚秋');
  await page.locator('.composer-input').fill(SENTENCE);
  await picture(page, 'report-sentence');
  await page.getByRole('button', { name: '发送', exact: true }).tap();
  const form = page.locator('form.card');
  await form.waitFor();
  await picture(page, 'report-form');
  await field(form, 'intercessorKind').selectOption({ label: '上级领导' });
  await field(form, 'promise').check();
  await form.getByRole('button', { name: '提交' }).tap();
  const receipt = page.locator('.message', { hasText: '已收到您的记录' });
  await receipt.waitFor();
  await toTop(receipt);
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

/** A link and a code lead from the chat to a page of the bureau's own; there the next form is filled in. */
async function filesAndDownloads(studio: Studio): Promise<void> {
  const { page, context } = await openWindow(studio, PHONE, '林砚秋');
  await say(page, '我的报告');
  const report = page.locator('.message', { hasText: '说情打招呼记录' }).last();
  await report.getByRole('button', { name: '查看' }).first().tap();
  await page.getByRole('button', { name: '文件与下载' }).last().tap();
  const card = page.locator('.message', { hasText: '口令' }).last();
  await card.waitFor();
  await toTop(card);
  await picture(page, 'page-link');
  const code = /\b\d{6}\b/.exec((await card.textContent())?.replace(/(?<=\d) (?=\d)/g, '') ?? '')?.[0];
  const [visited] = await Promise.all([context.waitForEvent('page'), card.getByRole('link').first().tap()]);
  await visited.waitForLoadState();
  await screenshot(visited, 'page-code');
  await visited
    .locator('input')
    .first()
    .fill(code ?? '');
  await visited.getByRole('button').first().tap();
  await visited.getByText('报告表').first().waitFor();
  await screenshot(visited, 'page-record');
  await context.close();
}

/** 台账页 on a desk, grouped by department, and on a phone. */
async function ledgerPage(studio: Studio): Promise<void> {
  for (const [device, name] of [
    [DESKTOP, 'ledger-page'],
    [TALL_PHONE, 'ledger-page-phone'],
  ] as const) {
    const { page, context } = await openWindow(studio, { ...device, hasTouch: true }, '程一禾');
    const visited = await enter(page, context, '台账页');
    await visited.getByLabel('分组').selectOption('problem');
    await visited.getByRole('button', { name: '查看', exact: true }).tap();
    await visited.getByRole('rowheader', { name: /^Z1 / }).first().waitFor();
    await visited.getByText('勾选 Z1-1-1').evaluate((tick) => tick.closest('label')?.click());
    if (name === 'ledger-page-phone')
      await visited.getByRole('status').evaluate((line) => line.scrollIntoView());
    await screenshot(visited, name);
    await context.close();
  }
}

/** Asks for a link with a word, and opens it with its code. */
async function enter(page: Page, context: BrowserContext, word: string): Promise<Page> {
  const cards = page.locator('.message', { hasText: '口令：' });
  await page.locator('.message').last().waitFor();
  const before = await cards.count();
  await say(page, word);
  const card = cards.nth(before);
  await card.waitFor();
  const code = /\b\d{6}\b/.exec((await card.textContent())?.replace(/(?<=\d) (?=\d)/g, '') ?? '')?.[0];
  const [visited] = await Promise.all([context.waitForEvent('page'), card.getByRole('link').first().tap()]);
  await visited.waitForLoadState();
  await visited.getByLabel('六位口令').fill(code ?? '');
  await visited.getByRole('button', { name: '打开' }).tap();
  await visited.getByRole('heading').first().waitFor();
  return visited;
}

async function nilReturn(studio: Studio): Promise<void> {
  const { page, context } = await openWindow(studio, PHONE, '秦书遥');
  await page.locator('.message', { hasText: '零报告' }).last().waitFor();
  await picture(page, 'nil-return');
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
