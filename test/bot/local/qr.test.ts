import type { Browser, Page } from 'playwright-core';
import { create } from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NoticeContent } from '../../../ledger/message.ts';
import { chromiumPath, startChromium } from '../../chromium.ts';
import { type Bureau, openBureau } from '../../harness.ts';
import { openForm, REPORT, submit } from '../../platform-contract/report-form.ts';

const REPORTER = '林砚秋';
/** The margin that readers ask for, in modules. */
const MARGIN = 4;

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

const title = chromiumPath
  ? 'the picture of a receipt'
  : 'the picture (skipped: this machine has no Chromium)';

describe.skipIf(!chromiumPath)(title, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  it('shows on a phone, in the dark too, every module of its text, four pixels wide at least', async () => {
    const form = await openForm(bureau, REPORTER, '我要报告');
    const { card } = await submit(bureau, REPORTER, form, REPORT);
    const text = (card as NoticeContent).sections.find(({ qr }) => qr)?.qr ?? '';
    expect(text).toMatch(/^QL1\./);
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await page.goto(`${bureau.service.address}/chat#p=${bureau.idOf(REPORTER)}`);
    const picture = page.locator('img.qr').last();
    await picture.waitFor();
    await expect
      .poll(() => picture.evaluate((image) => 'naturalWidth' in image && Number(image.naturalWidth) > 0))
      .toBe(true);
    const size = (await picture.boundingBox())?.width ?? 0;
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const across = modules.size + 2 * MARGIN;
    expect(size / across).toBeGreaterThanOrEqual(4);
    const drawn = await sampled(page, across);
    const expected = Array.from({ length: across }, (_, y) =>
      Array.from({ length: across }, (_, x) => isDark(modules, x - MARGIN, y - MARGIN)),
    );
    expect(drawn).toEqual(expected);
    await page.close();
  });
});

const isDark = ({ size, data }: { size: number; data: Uint8Array }, x: number, y: number): boolean =>
  x >= 0 && y >= 0 && x < size && y < size && data[y * size + x] === 1;

/** What stands in the middle of each module of the last picture on the page: whether it is dark. */
const sampled = (page: Page, across: number): Promise<boolean[][]> =>
  page.evaluate(`(() => {
    const image = [...document.querySelectorAll('img.qr')].at(-1);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = ${across} * 5;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const dark = (x, y) => context.getImageData(x * 5 + 2, y * 5 + 2, 1, 1).data[0] < 128;
    return Array.from({ length: ${across} }, (_, y) => Array.from({ length: ${across} }, (_, x) => dark(x, y)));
  })()`);

describe('the picture of any text', () => {
  const statusOf = async (text: string) => {
    const path = `/chat/qr?${new URLSearchParams({ text })}`;
    const answer = await fetch(bureau.service.address + path);
    return [answer.status, answer.headers.get('content-type')];
  };

  it('is drawn as SVG, and neither nothing nor a whole book is', async () => {
    expect(await statusOf('QL1.<script>')).toEqual([200, 'image/svg+xml']);
    for (const text of ['', '记'.repeat(401)]) expect((await statusOf(text))[0]).toBe(400);
    expect((await statusOf('记'.repeat(400)))[0]).toBe(200);
  });
});
