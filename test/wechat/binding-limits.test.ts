import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesIn, placesOf } from '../../campaign/secrecy-search.ts';
import { type BindingBureau, friend, openBindingBureau } from './binding-bureau.ts';

const STAFF = '林砚秋';
const OTHER = '许星阑';
const ADMINISTRATOR = '罗子衿';
const MINUTE_MS = 60_000;

const STRANGERS = Array.from({ length: 12 }, (_, n) => `stranger-${n}`);
const log: string[] = [];

let wechat: BindingBureau;
beforeEach(async () => {
  log.length = 0;
  const contacts = ['lin-1', 'xu-1', ...STRANGERS].map((id) => friend(id));
  wechat = await openBindingBureau(contacts, {
    log: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
  });
});
afterEach(() => wechat.close());

/** A well-formed code that nobody was given. */
let wrongs = 0;
const wrongCode = () => {
  wrongs += 1;
  return `WRNG${String(2222 + wrongs).replaceAll(/[01]/g, '9')}`.slice(0, 8);
};

async function passMinutes(minutes: number): Promise<void> {
  const { now } = (await wechat.bureau.get('/chat/api/clock')) as { now: string };
  await wechat.bureau.moveClock(new Date(Date.parse(now) + minutes * MINUTE_MS).toISOString());
}

/** Types it without waiting for what becomes of it. */
async function manyWrong(contact: string, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) wechat.child.types(contact, wrongCode());
  await wechat.settle();
}

const tries = () => wechat.rows.bindingTry.count();

describe('a code', () => {
  it('is good for ten minutes, and one that is over is answered like any wrong one', async () => {
    const code = await wechat.codeFor(STAFF);
    await passMinutes(9.8);
    expect((await wechat.types('lin-1', code)).join()).toContain('绑定成功');
    const other = await wechat.codeFor(OTHER);
    await passMinutes(10.1);
    expect(await wechat.types('xu-1', other)).toEqual([]);
    expect(await tries()).toBe(1);
  });

  it('is void as soon as another was asked for', async () => {
    const first = await wechat.codeFor(STAFF);
    const second = await wechat.codeFor(STAFF);
    expect(await wechat.types('lin-1', first)).toEqual([]);
    expect((await wechat.types('lin-1', second)).join()).toContain('绑定成功');
  });

  it('binds one of two who type it at once', async () => {
    const code = await wechat.codeFor(STAFF);
    let waiting = 2;
    let go = () => {};
    const both = new Promise<void>((resolve) => {
      go = resolve;
    });
    // Both were found to be right before either of them is bound.
    wechat.child.onRemark = () => {
      waiting -= 1;
      if (waiting <= 0) go();
      return waiting > 0 ? undefined : both;
    };
    wechat.child.types('lin-1', code);
    wechat.child.types('xu-1', code);
    await expect.poll(() => wechat.child.remarks.length).toBeGreaterThanOrEqual(2);
    await wechat.settle();
    const welcomed = ['lin-1', 'xu-1'].filter((id) => wechat.child.textsTo(id).length > 0);
    expect(welcomed).toHaveLength(1);
    const loser = welcomed[0] === 'lin-1' ? 'xu-1' : 'lin-1';
    await expect.poll(() => wechat.child.remarkOf(loser)).toBe('');
    expect(await wechat.isBound(loser)).toBe(false);
    expect(await wechat.isBound(welcomed[0] ?? '')).toBe(true);
    expect(await wechat.accountOf(STAFF)).toBeDefined();
  });

  it('that WeChat tells of twice binds once and answers once; a wrong one counts once', async () => {
    const code = await wechat.codeFor(STAFF);
    const message = wechat.child.types('lin-1', code);
    wechat.child.hear(message);
    await wechat.settle();
    wechat.child.hear(message);
    await wechat.settle();
    expect(wechat.child.textsTo('lin-1')).toHaveLength(1);
    const wrong = wechat.child.types('xu-1', wrongCode());
    for (let n = 0; n < 6; n += 1) wechat.child.hear(wrong);
    await wechat.settle();
    expect(await tries()).toBe(1);
    expect(log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('is good after a restart, and so is who was bound', async () => {
    const code = await wechat.codeFor(STAFF);
    await wechat.bureau.restart();
    await wechat.settle();
    expect((await wechat.types('lin-1', code)).join()).toContain('绑定成功');
    await wechat.bureau.restart();
    await wechat.settle();
    expect(await wechat.isBound('lin-1')).toBe(true);
  });

  it('stands nowhere in the clear: not while it is good, not once it was used', async () => {
    const used = await wechat.codeFor(STAFF);
    const good = await wechat.codeFor(OTHER);
    const wrong = wrongCode();
    await wechat.types('lin-1', used);
    await wechat.types('stranger-1', wrong);
    const places = [
      ...(await filesIn(wechat.bureau.folder)),
      { name: 'log', bytes: Buffer.from(log.join('\n')) },
    ];
    expect(placesOf('高新技术科', places).length).toBeGreaterThan(0);
    expect(places.map(({ name }) => name).join()).toContain('-wal');
    for (const code of [used, good, wrong]) expect(placesOf(code, places)).toEqual([]);
    expect(placesOf('stranger-1', places)).toEqual([]);
  });
});

describe('after five wrong codes', () => {
  it('nothing is taken from that contact for fifteen minutes, not even what is right; from others it is', async () => {
    await manyWrong('lin-1', 5);
    await passMinutes(6);
    const code = await wechat.codeFor(STAFF);
    expect(await wechat.types('lin-1', code)).toEqual([]);
    // What is typed in the pause does not make it longer.
    await manyWrong('lin-1', 3);
    expect(await tries()).toBe(5);
    expect(await wechat.binds('xu-1', OTHER)).toBeDefined();
    await passMinutes(8);
    expect(await wechat.types('lin-1', code)).toEqual([]);
    await passMinutes(1.2);
    expect(await wechat.binds('lin-1', STAFF)).toBeDefined();
  });

  it('the same holds after a restart and after another login', async () => {
    await manyWrong('lin-1', 5);
    await wechat.bureau.restart();
    await wechat.settle();
    const code = await wechat.codeFor(STAFF);
    expect(await wechat.types('lin-1', code)).toEqual([]);
  });

  it('nobody counts who typed what does not look like a code', async () => {
    const words = ['帮助', 'hello', '12345678', 'PASSWORD', 'ABCD-234', 'ABCDEFGH2', '你好你好你好你好'];
    for (const text of words) expect(await wechat.types('lin-1', text)).toEqual([]);
    expect(await tries()).toBe(0);
  });
});

describe('after fifty wrong codes from whomever', () => {
  it('nobody is bound for an hour, administrators are told once, and who is bound notices nothing', async () => {
    await wechat.binds('xu-1', OTHER);
    const code = await wechat.codeFor(STAFF);
    for (const stranger of STRANGERS) await manyWrong(stranger, 5);
    expect(await tries()).toBe(50);
    const told = (await wechat.toldTo(ADMINISTRATOR)).filter((each) => each.includes('绑定码'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('有人在反复试微信绑定码');
    expect(await wechat.types('lin-1', code)).toEqual([]);
    expect(await wechat.asks(STAFF, '绑定微信')).toMatch(/现在暂不能绑定，约 60 分钟后再试/u);
    expect(await wechat.isBound('xu-1')).toBe(true);
    await passMinutes(40);
    expect(await wechat.asks(STAFF, '绑定微信')).toMatch(/约 (?:19|20) 分钟后再试/u);
    await passMinutes(21);
    expect(await wechat.binds('lin-1', STAFF)).toBeDefined();
    for (const stranger of STRANGERS) await manyWrong(stranger, 5);
    expect(await tries()).toBe(100);
    expect((await wechat.toldTo(ADMINISTRATOR)).filter((each) => each.includes('绑定码'))).toEqual([]);
  });
});

it('codes that ran out and tries that no limit counts are forgotten', async () => {
  await wechat.codeFor(STAFF);
  await manyWrong('lin-1', 3);
  await passMinutes(24 * 60);
  expect(await tries()).toBe(0);
  expect(await wechat.rows.bindingCode.count()).toBe(0);
});
