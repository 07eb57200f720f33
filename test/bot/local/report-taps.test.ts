import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, startChromium } from '../../chromium.ts';
import { type Bureau, openBureau } from '../../harness.ts';

const title = chromiumPath
  ? 'a report on the chat page'
  : 'a report on the chat page (skipped: no Chromium here)';

/** A person at a phone. Typing is not counted; a tap is, and choosing is two: open the list, take the option. */
function phoneOf(chat: Locator) {
  let taps = 0;
  const form = chat.locator('form.card').last();
  const field = (name: string) => form.locator(`[data-field=${name}]`);
  const tap = async (target: Locator) => {
    await target.click();
    taps += 1;
  };
  return {
    form,
    taps: () => taps,
    async say(words: string) {
      await chat.locator('.composer-input').fill(words);
      await tap(chat.getByRole('button', { name: '发送', exact: true }));
      await form.waitFor();
    },
    press: (label: string) => tap(chat.getByRole('button', { name: label, exact: true }).last()),
    async choose(name: string, value: string) {
      await field(name).locator('select').selectOption(value);
      taps += 2;
    },
    async type(name: string, words: string) {
      const input = field(name).locator('input, textarea').first();
      if (!(await input.isVisible())) await tap(form.locator('summary'));
      await input.fill(words);
    },
    check: (label: string) => tap(form.getByLabel(label)),
  };
}

const PROMISED = '本人承诺以上内容如实';

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

  async function phone(name: string) {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const id = bureau.idOf(name);
    await page.goto(`${bureau.service.address}/chat#p=${id}`);
    const chat = page.locator(`.phone[data-person="${id}"]`);
    await chat.waitFor();
    return { ...phoneOf(chat), chat };
  }
  const recorded = async ({ chat }: { chat: Locator }) => {
    await chat.getByText('已收到您的记录').first().waitFor({ timeout: 5_000 });
    await chat.page().close();
  };
  it('told in one sentence takes 5 taps: send, the answer given on the spot, the promise, submit', async () => {
    const mine = await phone('林砚秋');
    await mine.say('今天早上八点王某打电话让我在纳米材料项目评审中关照');
    await mine.choose('reply', 'refused');
    await mine.check(PROMISED);
    await mine.press('提交');
    await recorded(mine);
    expect(mine.taps()).toBe(5);
  });

  it('from the menu, typed into its fields, takes 5 taps, and what stands in the choices is seen', async () => {
    await bureau.say('许星阑', '帮助');
    const mine = await phone('许星阑');
    await mine.press('我要报告');
    await mine.form.waitFor();
    for (const [name, shown] of [
      ['channel', '其他'],
      ['intercessorKind', '身份不明'],
      ['stage', '其他'],
    ]) {
      const select = mine.form.locator(`[data-field=${name}] select`);
      expect(await select.locator('option:checked').textContent()).toBe(shown);
      expect(await select.isVisible()).toBe(true);
    }
    await mine.type('happenedAt', '2026-11-23T08:30');
    await mine.type('intercessorName', '不详');
    await mine.type('content', '有人到办公室请求关照某项目。');
    await mine.choose('reply', 'refused');
    await mine.check(PROMISED);
    await mine.press('提交');
    await recorded(mine);
    expect(mine.taps()).toBe(5);
  });

  it('that comes late takes 5 taps too: the place for its reason stands open, and says why', async () => {
    const mine = await phone('石清扬');
    await mine.say('上周三上午十点周敏打电话让我在评审时关照');
    await mine.form.getByText('事发已超过 24 小时，属于补报，请简单写明原因').waitFor();
    await mine.type('lateReason', '出差，今天返回');
    await mine.choose('reply', 'refused');
    await mine.check(PROMISED);
    await mine.press('提交');
    await recorded(mine);
    expect(mine.taps()).toBe(5);
  });
});
