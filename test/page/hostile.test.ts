import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { readEnvironment } from '../../config/environment.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { runs } from '../chance.ts';
import { openPageBureau, type PageBureau, REPORT, wayIn } from './page-bureau.ts';
import { formWith, halfSent, type Visitor } from './visitor.ts';

let bureau: PageBureau;
let store: Store;
beforeAll(async () => {
  bureau = await openPageBureau();
  const folder = bureau.databaseFile.replace('/qinglian.db', '');
  store = await openStore(readEnvironment({ DATA_DIR: folder }), ledgers);
});
afterAll(async () => {
  await store.database.close();
  await bureau.close();
});

/** All that a request could have had an effect on. */
const effects = async () => {
  const { rows } = store.database;
  return [
    await rows.entry.count(),
    await rows.auditRecord.count(),
    await rows.outbox.count(),
    await rows.attachment.count(),
    await rows.pageLink.count({ where: { usedAt: { not: null } } }),
  ];
};

async function formOf(name: string): Promise<{ browser: Visitor; place: string }> {
  const { url, code } = wayIn((await bureau.say(name, '我要报告')).content);
  const browser = bureau.visitor();
  return { browser, place: (await browser.open(url, code)).place };
}

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', '0', '../form', '%00', '__proto__', 'form', "' or 1=1 --", '<script>', '口令'),
  fc.stringMatching(/^[\w-]{43}$/),
);

it('what is made up opens nothing, changes nothing, and is told apart by nobody', async () => {
  await bureau.say('林砚秋', '我要报告');
  const before = await effects();
  const answers = new Set<string>();
  await fc.assert(
    fc.asyncProperty(odd, odd, fc.stringMatching(/^[\w-]{43}$/), async (secret, code, cookie) => {
      const browser = bureau.visitor();
      browser.cookie = `qinglian-page=${cookie}`;
      const place = encodeURIComponent(secret.toWellFormed()) || 'x';
      if (['form', 'view', 'file', 'paper', 'act', 'files', 'leave', '.', '..', '..%2Fform'].includes(place))
        return;
      const opened = await browser.post(`/p/${place}`, { code: code.toWellFormed() });
      answers.add(`${opened.status} ${opened.html}`);
      const shown = await browser.get(`/p/form?k=${encodeURIComponent(code.toWellFormed())}`);
      answers.add(`${shown.status} ${shown.html}`);
    }),
    { numRuns: runs(60) },
  );
  expect([...answers].map((answer) => answer.slice(0, 3))).toEqual(['403', '403']);
  expect(await effects()).toEqual(before);
});

it('bodies that no browser sends are refused in words and change nothing', async () => {
  const { browser, place } = await formOf('林砚秋');
  const before = await effects();
  const type = fc.constantFrom(
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'application/x-www-form-urlencoded',
    'application/json',
    'text/plain',
    '',
  );
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom(
        '--x\r\n',
        '--x--\r\n',
        'content-disposition: form-data; name="do"\r\n\r\nkeep\r\n',
        'content-disposition: form-data; name="content"; filename="\u0000../a.exe"\r\n\r\nMZ\r\n',
        'content-disposition: form-data; name="__proto__"\r\n\r\n1\r\n',
        'do=drop+x&content=%ff%fe&content=2',
        '\r\n\r\n',
      )
      .map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(type, fc.array(piece, { maxLength: 8 }), async (contentType, pieces) => {
      const headers = { 'content-type': contentType };
      const body = new Uint8Array(Buffer.concat(pieces));
      const { status } = await browser.raw(place, { method: 'POST', headers, body });
      expect([200, 303, 403, 422]).toContain(status);
    }),
    { numRuns: runs(60) },
  );
  expect(await effects()).toEqual(before);
});

it('a file that is none of the kinds taken is refused beside the form, and what was typed stays', async () => {
  const { browser, place } = await formOf('许星阑');
  const sent = await browser.send(
    place,
    { ...REPORT, do: 'send' },
    { '../../示例.exe': new TextEncoder().encode('MZ\u0090'), '空.png': new Uint8Array() },
  );
  expect(sent.status).toBe(422);
  expect(sent.html).toContain('示例.exe');
  expect(sent.html).toContain('青玉案');
  expect(sent.html).not.toContain('已收到您的记录');
});

it('who has left the bureau meanwhile gets a sentence and nothing else', async () => {
  const { browser, place } = await formOf('秦书遥');
  const { url, code } = wayIn((await bureau.say('秦书遥', '我要报告')).content);
  await store.database.write((rows) =>
    rows.person.update({ where: { id: bureau.idOf('秦书遥') }, data: { active: false } }),
  );
  const before = await effects();
  for (const { status, html } of [
    await browser.get(place),
    await browser.send(place, { ...REPORT, do: 'send' }),
    await bureau.visitor().open(url, code),
  ]) {
    expect(status).toBe(403);
    expect(html).not.toContain('具体内容');
  }
  expect(await effects()).toEqual(before);
});

it('who lost the role meanwhile sees no more of the record than of one that does not exist', async () => {
  const reporter = await formOf('林砚秋');
  const receipt = await reporter.browser.send(reporter.place, { ...REPORT, do: 'send' });
  const ref = /已收到您的记录 ([2-9A-Z]{4}-[2-9A-Z]{4})/u.exec(receipt.html)?.[1] ?? '';
  const { url, code } = wayIn((await bureau.say('唐文澜', `打开 ${ref}`)).content);
  const officer = bureau.visitor();
  const record = await officer.open(url, code);
  expect(record.html).toContain('青玉案');
  const { place, values } = formWith(record.html, '受理');
  await store.database.write((rows) =>
    rows.person.update({ where: { id: bureau.idOf('唐文澜') }, data: { roles: [] } }),
  );
  const before = await effects();
  for (const { status, html } of [
    await officer.get(record.place),
    await officer.post(place, values),
    await officer.get(record.place.replace('/p/view', '/p/paper').concat('&as=pdf')),
  ]) {
    expect([403, 422]).toContain(status);
    expect(html).not.toContain('青玉案');
  }
  expect(await effects()).toEqual(before);
});

it('a body larger than all files together is refused in words', async () => {
  const { browser, place } = await formOf('林砚秋');
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const body = new Uint8Array(22 * 1024 * 1024);
  const { status, html } = await browser.raw(place, { method: 'POST', headers, body });
  expect(status).toBe(413);
  expect(html).toContain('文件太大或太多');
});

const CUT_SHORT = '--a\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc';
const cutShort = {
  method: 'POST',
  headers: { 'content-type': 'multipart/form-data; boundary=a' },
  body: CUT_SHORT,
};

it('a body that ends inside a file is refused in words, and the house goes on', async () => {
  const { browser, place } = await formOf('林砚秋');
  const receipt = await browser.send(place, { ...REPORT, do: 'send' });
  const record = /href="(\/p\/view\?k=[\w-]+)"/u.exec(receipt.html)?.[1] ?? '';
  const another = await formOf('许星阑');
  const before = await effects();
  for (const { status, html } of [
    await another.browser.raw(another.place, cutShort),
    await browser.raw(record.replace('/p/view', '/p/files'), cutShort),
  ]) {
    expect(status).toBe(403);
    expect(html).toContain('发送的内容读不出来');
  }
  expect(await effects()).toEqual(before);
  expect((await browser.get(record)).status).toBe(200);
  expect((await another.browser.get(another.place)).html).toContain('具体内容');
});

it('a visit has one upload under way, while text is put by at once', async () => {
  const { browser, place } = await formOf('许星阑');
  const large = { '示例.txt': new Uint8Array(300 * 1024).fill(0x61) };
  const first = await halfSent(bureau.service.address, place, browser.cookie ?? '', 300 * 1024);
  onTestFinished(() => first.finish().then(() => undefined));
  const second = await browser.send(place, { ...REPORT, do: 'keep' }, large);
  expect(second.status).toBe(429);
  expect(second.html).toContain('上一次上传还没有结束');
  const text = await browser.send(place, { ...REPORT, do: 'keep' });
  expect(text.html).toContain('已暂存，还没有提交');
  const elsewhere = await formOf('林砚秋');
  expect((await elsewhere.browser.send(elsewhere.place, { do: 'keep' }, large)).status).not.toBe(429);
  expect(await first.finish()).toBe(303);
  const third = await browser.send(place, { ...REPORT, do: 'keep' }, large);
  expect(third.status).not.toBe(429);
});

it('an upload that broke off makes room for the next one at once', async () => {
  const { browser, place } = await formOf('许星阑');
  const large = { '示例.txt': new Uint8Array(300 * 1024).fill(0x61) };
  const first = await halfSent(bureau.service.address, place, browser.cookie ?? '', 300 * 1024);
  expect((await browser.send(place, { do: 'keep' }, large)).status).toBe(429);
  first.breakOff();
  await vi.waitFor(
    async () => expect((await browser.send(place, { do: 'keep' }, large)).status).toBe(200),
    3000,
  );
});

it('a visit that is over brings in no files', async () => {
  const late = await openPageBureau();
  onTestFinished(() => late.close());
  const { url, code } = wayIn((await late.say('林砚秋', '我要报告')).content);
  const browser = late.visitor();
  const { place } = await browser.open(url, code);
  await late.moveClock('2026-11-23T02:30:00.000Z');
  const large = { '示例.txt': new Uint8Array(300 * 1024).fill(0x61) };
  const sent = await browser.send(place, { ...REPORT, do: 'keep' }, large);
  expect(sent.status).toBe(403);
  expect(sent.html).toContain('页面已超时，这次发送的内容和文件没有收下');
});
