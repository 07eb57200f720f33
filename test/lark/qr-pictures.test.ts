import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LarkApi } from '../../bot/lark/calls/lark-api.ts';
import { openQrPictures, type QrPictures } from '../../bot/lark/qr-pictures.ts';
import { openPlatform } from './calls-platform.ts';
import type { Fault, StandIn } from './stand-in/stand-in.ts';

const RECEIPT = 'QL1.a-receipt-that-no-log-has';
const IMAGES = '/open-apis/im/v1/images';

let feishu: StandIn;
let api: LarkApi;
let pictures: QrPictures;
let lines: Record<string, unknown>[];
let nowMs: number;

/** @param timeoutMs for each call */
async function open(timeoutMs = 1000, ...how: Parameters<typeof openPlatform>) {
  await feishu?.close();
  ({ feishu, api } = await openPlatform(how[0], how[1], timeoutMs));
  lines = [];
  nowMs = 0;
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  pictures = openQrPictures({ api, now: () => nowMs, log });
}

beforeEach(() => open());
afterEach(() => feishu.close());

const uploads = () => feishu.calls.filter(({ api: path }) => path === IMAGES);
const meet = (...faults: Fault[]) => {
  feishu.onCall = ({ api: path }) => (path === IMAGES ? faults.shift() : undefined);
};
const refusal = (status: number, code: number): Fault => ({ status, body: { code, msg: RECEIPT } });
const keyOf = (text: string, withinMs = 5000) => pictures.keyOf(text, { withinMs, urgent: true });

describe('the picture of a QR code', () => {
  it('is uploaded once, however often and at however many places it is shown', async () => {
    const [key, same] = await Promise.all([keyOf(RECEIPT), keyOf(RECEIPT)]);
    expect([same, await keyOf(RECEIPT)]).toEqual([key, key]);
    expect([...feishu.images.keys()]).toEqual([key]);
    expect(await keyOf('another')).not.toBe(key);
    expect(uploads()).toHaveLength(2);
    expect(uploads()[0]?.body).toEqual({ image_type: 'message' });
  });

  it('is uploaded again after the platform forgot it', async () => {
    const key = await keyOf(RECEIPT);
    pictures.forget(RECEIPT);
    expect(await keyOf(RECEIPT)).not.toBe(key);
  });

  it('that takes long is not waited for, and is there the next time', async () => {
    meet({ delayMs: 300 });
    expect(await keyOf(RECEIPT, 30)).toBeUndefined();
    expect(await keyOf(RECEIPT)).toMatch(/^img_/);
    expect(uploads()).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  it('is not begun where the card has to go already', async () => {
    expect(await keyOf(RECEIPT, 0)).toBeUndefined();
    expect(uploads()).toEqual([]);
  });

  it.each<[string, Fault]>([
    ['a cut connection', 'cut'],
    ['an internal error', refusal(500, 2200)],
    ['a token that is no longer known', refusal(400, 99991663)],
  ])('is there in spite of %s', async (_what, fault) => {
    meet(fault);
    expect(await keyOf(RECEIPT)).toMatch(/^img_/);
    expect(uploads()).toHaveLength(2);
  });
});

describe('a picture that the platform does not take', () => {
  it('for want of a scope is said once, without what it shows, and tried again some minutes later', async () => {
    feishu.scopes.delete('im:resource');
    expect(await keyOf(RECEIPT)).toBeUndefined();
    expect(api.problem()).toMatch(/lacks a scope .*im:resource/);
    nowMs += 599_000;
    expect([await keyOf(RECEIPT), await keyOf('another')]).toEqual([undefined, undefined]);
    expect(uploads()).toHaveLength(1);
    nowMs += 1000;
    await keyOf(RECEIPT);
    expect(uploads()).toHaveLength(2);
    expect(lines).toMatchObject([{ level: 40, reason: expect.stringMatching(/scope.*code 99991672/) }]);
    expect(JSON.stringify(lines)).not.toContain('QL1');
    feishu.scopes.add('im:resource');
    nowMs += 600_000;
    expect(await keyOf(RECEIPT)).toMatch(/^img_/);
    expect(lines[1]).toMatchObject({ level: 30, msg: 'cards have their QR codes again' });
    expect(api.problem()).toBeUndefined();
  });

  it.each<[string, Fault[], number]>([
    ['twice with an internal error', [refusal(500, 2200), refusal(500, 2200)], 2],
    ['as too large', [refusal(400, 234006)], 1],
    ['with a success that names no image', [{ status: 200, body: { code: 0, data: {} } }], 1],
  ])('and refuses %s leaves the card without it', async (_what, faults, tried) => {
    meet(...faults);
    expect(await keyOf(RECEIPT)).toBeUndefined();
    expect(uploads()).toHaveLength(tried);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('QL1');
  });

  it('because of too many calls is tried again as soon as the platform says', async () => {
    await open(1000, { limits: { perSecond: 1 } });
    expect(await keyOf(RECEIPT)).toMatch(/^img_/);
    expect(await keyOf('another')).toBeUndefined();
    nowMs += 3000;
    await wait(1000);
    expect(await keyOf('another')).toMatch(/^img_/);
  });

  it('and never answers is given up, and keeps nobody waiting', async () => {
    await open(200);
    meet('hang', 'hang');
    const begun = performance.now();
    expect(await keyOf(RECEIPT, 50)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(150);
    await expect.poll(() => lines.length, { timeout: 3000 }).toBe(1);
    expect(await keyOf(RECEIPT)).toBeUndefined();
    nowMs += 30_000;
    expect(await keyOf(RECEIPT)).toMatch(/^img_/);
  });

  it('since its text is too long for a QR code keeps no other back', async () => {
    expect(await keyOf('记'.repeat(2000))).toBeUndefined();
    expect(await keyOf(RECEIPT)).toMatch(/^img_/);
    expect(lines[0]?.reason).not.toContain('记');
  });
});
