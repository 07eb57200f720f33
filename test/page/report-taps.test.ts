import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, startChromium } from '../chromium.ts';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';

const title = chromiumPath ? 'a report by a page' : 'a report by a page (skipped: no Chromium here)';

/** A person at a phone: the chat, and the page that it leads to, which runs no scripts. Typing is not counted; every tap is. */
function phoneOf(context: BrowserContext, chat: Locator) {
  let taps = 0;
  let page: Page;
  const tap = async (target: Locator) => {
    await target.click();
    taps += 1;
  };
  return {
    taps: () => taps,
    async say(words: string) {
      await chat.locator('.composer-input').fill(words);
      await tap(chat.getByRole('button', { name: '发送', exact: true }));
    },
    press: (label: string) => tap(chat.getByRole('button', { name: label, exact: true }).last()),
    /** @param code read in the chat */
    async open(code: string) {
      const link = chat.getByRole('link', { name: '打开页面', exact: true }).last();
      await link.waitFor();
      const opened = context.waitForEvent('page');
      await tap(link);
      page = await opened;
      // Whoever types at once types into the one field.
      await page.getByLabel('六位口令').waitFor();
      await page.keyboard.type(code);
      await tap(page.getByRole('button', { name: '打开', exact: true }));
    },
    /** What is not to be seen is not typed into: it would have to be unfolded, which is a tap. */
    async type(label: string, words: string) {
      const input = page.getByLabel(label);
      if (!(await input.isVisible())) await tap(page.getByText('更多（选填'));
      await input.fill(words);
    },
    choose: (label: string) => tap(page.getByLabel(label, { exact: true })),
    async submit() {
      await tap(page.getByRole('button', { name: '提交', exact: true }));
      await page.getByText('已收到您的记录').first().waitFor({ timeout: 5_000 });
      await context.close();
    },
    sees: (words: string) => page.getByText(words).first().waitFor(),
  };
}

const PROMISED = '本人承诺以上内容如实';

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

  async function phone(name: string) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const page = await context.newPage();
    const id = bureau.idOf(name);
    await page.goto(`${bureau.service.address}/chat#p=${id}`);
    const chat = page.locator(`.phone[data-person="${id}"]`);
    await chat.waitFor();
    const mine = phoneOf(context, chat);
    const enter = async () => {
      await chat.getByText('口令：').last().waitFor();
      const last = (await bureau.chatOf(name)).filter(({ from }) => from === 'bot').at(-1);
      await mine.open(wayIn(last?.content).code);
    };
    return { ...mine, enter };
  }

  it('told in one sentence takes 6 taps: send, 打开页面, 打开, the answer given on the spot, the promise, submit', async () => {
    const mine = await phone('林砚秋');
    await mine.say('今天早上八点王某打电话让我在纳米材料项目评审中关照');
    await mine.enter();
    await mine.choose('拒绝');
    await mine.choose(PROMISED);
    await mine.submit();
    expect(mine.taps()).toBe(6);
  });

  it('that comes late takes 6 too: its reason is asked when the page opens, which says why', async () => {
    const mine = await phone('许星阑');
    await mine.say('上周三上午十点周敏打电话让我在评审时关照');
    await mine.enter();
    await mine.sees('事发已超过 24 小时，属于补报，请简单写明原因');
    await mine.type('补报原因', '出差，今天返回');
    await mine.choose('拒绝');
    await mine.choose(PROMISED);
    await mine.submit();
    expect(mine.taps()).toBe(6);
  });

  it('from the menu takes 6, late or not: the place for the reason stands open until the time is known', async () => {
    await bureau.say('秦书遥', '帮助');
    const mine = await phone('秦书遥');
    await mine.press('我要报告');
    await mine.enter();
    await mine.type('事发时间', '2026-11-20T08:30');
    await mine.type('补报原因', '出差，今天返回');
    await mine.type('过问干预人姓名', '不详');
    await mine.type('具体内容', '有人到办公室请求关照某项目。');
    await mine.choose('拒绝');
    await mine.choose(PROMISED);
    await mine.submit();
    expect(mine.taps()).toBe(6);
  });
});
