import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, startChromium } from '../../chromium.ts';
import { type Bureau, openBureau } from '../../harness.ts';

const title = chromiumPath ? 'the chat page' : 'the chat page (skipped: this machine has no Chromium)';

describe.skipIf(!chromiumPath)(title, () => {
  let browser: Browser;
  let bureau: Bureau;

  beforeAll(async () => {
    browser = await startChromium();
    bureau = await openBureau();
  });

  afterAll(async () => {
    await browser?.close();
    await bureau?.close();
  });

  it('leads from a sentence to a receipt on a phone', async () => {
    const { page, faults } = await open(browser, bureau, ['林砚秋'], { width: 390, height: 844 });
    const phone = windowOf(page, bureau, '林砚秋');
    await say(phone, '今天早上八点王某打电话让我在纳米材料项目评审中关照');
    const form = phone.locator('[data-message]').filter({ hasText: '当场答复' });
    await form.locator('[data-field=intercessorKind] select').selectOption('superior');
    await form.locator('[data-field=reply] select').selectOption('refused');
    await form.getByRole('button', { name: '提交' }).click();
    await expectText(form, '请先勾选');
    await form.getByLabel('本人承诺以上内容如实').check();
    await form.getByRole('button', { name: '提交' }).click();
    await expectText(phone, '已收到您的记录');
    expect(faults).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await page.close();
  });

  it('lets an officer assign, and the responsible person see it in the window beside', async () => {
    const { page, faults } = await open(browser, bureau, ['程一禾', '林砚秋'], { width: 1280, height: 900 });
    const officer = windowOf(page, bureau, '程一禾');
    await say(officer, '指派 1-1');
    const form = officer.locator('[data-message]').filter({ hasText: '整改时限' });
    await choose(page, form.locator('[data-field=leader]'), '孟知行');
    await choose(page, form.locator('[data-field=responsible]'), '林砚秋');
    await form.locator('[data-field=dueOn] input').fill('2026-12-11');
    await form.getByRole('button', { name: '提交' }).click();
    await expectText(officer, '已指派 Z1-1-1');
    await expectText(windowOf(page, bureau, '林砚秋'), '有新的整改事项');
    expect(faults).toEqual([]);
    await page.close();
  });

  it('shows the weekly card after the clock was moved, and takes its answer', async () => {
    const { page, faults } = await open(browser, bureau, ['林砚秋'], { width: 390, height: 844 });
    const phone = windowOf(page, bureau, '林砚秋');
    await page.getByRole('button', { name: '拨快时钟' }).click();
    await page.getByRole('button', { name: '下周一 09:30' }).click();
    await page.keyboard.press('Escape');
    const card = phone.locator('[data-message]').filter({ hasText: '本周督查（1 项）' }).last();
    await card.getByRole('button', { name: '按计划' }).click();
    await expectText(card, '本周已回复：按计划');
    expect(faults).toEqual([]);
    await page.close();
  });
});

async function open(
  browser: Browser,
  bureau: Bureau,
  names: string[],
  viewport: { width: number; height: number },
) {
  const page = await browser.newPage({ viewport, locale: 'zh-CN' });
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
  await page.goto(`${bureau.service.address}/chat#p=${names.map((name) => bureau.idOf(name)).join(',')}`);
  await windowOf(page, bureau, names[0] ?? '').waitFor();
  return { page, faults };
}

const windowOf = (page: Page, bureau: Bureau, name: string): Locator =>
  page.locator(`.phone[data-person="${bureau.idOf(name)}"]`);

async function say(phone: Locator, text: string): Promise<void> {
  await phone.locator('.composer-input').fill(text);
  await phone.locator('.composer-input').press('Enter');
}

/** Types a name into a person field and takes what is offered. */
async function choose(page: Page, field: Locator, name: string): Promise<void> {
  await field.locator('input').last().fill(name);
  await field.getByRole('option', { name }).or(page.getByRole('option', { name })).first().click();
}

const expectText = (place: Locator, text: string): Promise<void> =>
  place.getByText(text).first().waitFor({ timeout: 10_000 });
