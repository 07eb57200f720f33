import { create } from 'qrcode';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { button, lastFromBot, readable } from '../harness.ts';
import { openForm, REPORT } from '../platform-contract/report-form.ts';
import { type LarkBureau, openLarkBureau } from './lark-bureau.ts';
import { modulesIn } from './png-modules.ts';
import type { Fault } from './stand-in/stand-in.ts';

const REPORTER = '林砚秋';
const OFFICER = '唐文澜';
const IMAGES = '/open-apis/im/v1/images';
/** The margin that readers ask for, in modules. */
const MARGIN = 4;

let bureau: LarkBureau;
beforeAll(async () => {
  bureau = await openLarkBureau('lark-webhook');
});
afterAll(() => bureau.close());

let faults: Fault[];
beforeEach(() => {
  faults = [];
  bureau.standIn.onCall = ({ api }) => (api === IMAGES ? faults.shift() : undefined);
});

const uploads = () => bureau.standIn.calls.filter(({ api }) => api === IMAGES);

/** Files a report. @returns the message whose form was sent, and the report's ref */
async function file(more: Partial<typeof REPORT> = {}) {
  const { messageId, submit } = await openForm(bureau, REPORTER, '我要报告');
  const { toast = '' } = await bureau.act(REPORTER, messageId, submit, { ...REPORT, ...more });
  const ref = /[0-9A-Z]{4}-[0-9A-Z]{4}$/.exec(toast)?.[0] ?? '';
  return { messageId, ref };
}

/** Files reports until one was answered with its picture: on a busy machine that may take longer than an answer waits for it. */
async function fileWithPicture() {
  for (let tries = 0; tries < 5; tries += 1) {
    const filed = await file();
    const { receipt, pictures } = standing(filed.messageId);
    const [picture] = pictures;
    if (picture !== undefined && pictures.length === 1) return { ...filed, receipt, picture };
  }
  throw new Error('No answer came with a picture');
}

/** The card that stands in the chat now: its receipt, and the keys of its pictures. */
function standing(messageId: string, who = REPORTER) {
  const found = bureau.standIn
    .messages(bureau.openIdOf(who))
    .find((message) => message.messageId === messageId);
  const json = JSON.stringify(found?.content);
  const pictures = [...json.matchAll(/"img_key":"([^"]+)"/g)].map(([, key]) => key ?? '');
  return { json, pictures, receipt: /QL1\.[\w-]+/.exec(json)?.[0] ?? '' };
}

/** The pictures on the card that shows the receipt once more. */
const verified = async (ref: string) =>
  standing(lastFromBot(await bureau.say(REPORTER, `核验 ${ref}`)).messageId).pictures;

/** The squares of a QR code for that text. */
function drawn(text: string): boolean[][] {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const across = [...Array(size + 2 * MARGIN).keys()].map((index) => index - MARGIN);
  const isInside = (at: number) => at >= 0 && at < size;
  return across.map((y) => across.map((x) => isInside(x) && isInside(y) && data[y * size + x] === 1));
}

it('a receipt stands on its card as text and as the picture of exactly that text', async () => {
  const { receipt, picture } = await fileWithPicture();
  const expected = drawn(receipt);
  const png = bureau.standIn.images.get(picture) ?? Buffer.alloc(0);
  expect(modulesIn(png, expected.length)).toEqual(expected);
  expect(drawn(`${receipt.slice(0, -1)}_`)).not.toEqual(expected);
});

it('a receipt is uploaded once, wherever it is shown again', async () => {
  const { messageId, ref, receipt, picture } = await fileWithPicture();
  const before = uploads().length;
  const again = lastFromBot(await bureau.say(REPORTER, `核验 ${ref}`));
  expect(standing(again.messageId)).toMatchObject({ pictures: [picture], receipt });
  const notice = lastFromBot(await bureau.say(OFFICER, `查看 ${ref}`));
  await bureau.act(OFFICER, notice.messageId, button(notice.content, '受理'));
  await bureau.service.idle();
  expect(standing(messageId).json).toContain('已受理');
  expect(standing(messageId).pictures).toEqual([picture]);
  expect(uploads()).toHaveLength(before);
});

it('a picture that the platform forgot keeps no card back', async () => {
  const { ref, receipt, picture } = await fileWithPicture();
  bureau.standIn.images.delete(picture);
  const again = lastFromBot(await bureau.say(REPORTER, `核验 ${ref}`));
  expect(standing(again.messageId)).toMatchObject({ pictures: [], receipt });
  await expect.poll(() => verified(ref)).toEqual([expect.not.stringMatching(picture)]);
});

it('an answer goes before the platform gives up on it, and a later card has the picture that took long', async () => {
  faults = [{ delayMs: 1500 }];
  const { messageId, ref } = await file();
  expect(standing(messageId)).toMatchObject({ pictures: [], receipt: expect.stringMatching(/^QL1\./) });
  const before = uploads().length;
  await expect.poll(() => verified(ref), { timeout: 5000 }).toHaveLength(1);
  expect(uploads()).toHaveLength(before);
});

it('both answers to the 零报告 end in the same card with a picture', async () => {
  await bureau.moveClock('2026-12-01T02:00:00.000Z');
  const cards = [];
  for (const [who, answer] of [
    ['许星阑', '无此类情形'],
    ['叶知秋', '有情形'],
  ] as const) {
    const asked = lastFromBot(await bureau.read(who));
    const press = async () => {
      await bureau.act(who, asked.messageId, button(asked.content, answer));
      return standing(asked.messageId, who);
    };
    await press();
    // Whatever was answered first, and with whatever delay: pressed again, it has its picture.
    await expect.poll(async () => (await press()).pictures, { timeout: 5000 }).toHaveLength(1);
    const { json, pictures, receipt } = standing(asked.messageId, who);
    cards.push(
      json
        .replaceAll(pictures[0] ?? '', 'KEY')
        .replaceAll(receipt, 'RECEIPT')
        .replace(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'REF')
        .replace(/\d\d:\d\d/g, 'TIME')
        .replace(/"to":"[^"]+"/g, 'TO'),
    );
  }
  expect(cards[0]).toBe(cards[1]);
});

it('an upload that is refused leaves the text, and the report filed', async () => {
  bureau.standIn.scopes.delete('im:resource');
  const { messageId, ref } = await file({ happenedAt: '2026-11-30T15:00' });
  expect(standing(messageId)).toMatchObject({ pictures: [], receipt: expect.stringMatching(/^QL1\./) });
  const shown = lastFromBot(await bureau.say(REPORTER, `核验 ${ref}`));
  expect(readable(shown.content)).toContain('完好');
  expect(standing(shown.messageId).pictures).toEqual([]);
});
