import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readable } from '../../bot/local/chat-client.ts';
import { openPageBureau, type PageBureau, REPORT, wayIn } from './page-bureau.ts';
import { formWith } from './visitor.ts';

const CLOSED = '页面已关闭或已超时';
const WRONG = '链接或口令不对，或者已经失效';

describe('a link', () => {
  let bureau: PageBureau;
  beforeAll(async () => {
    bureau = await openPageBureau();
  });
  afterAll(() => bureau.close());

  const newWay = async (name = '林砚秋') => wayIn((await bureau.say(name, '我要报告')).content);

  it('is not used up by being loaded, and opens once', async () => {
    const { url, code } = await newWay();
    const robot = bureau.visitor();
    for (let times = 0; times < 5; times++) await robot.get(new URL(url).pathname);
    expect(robot.cookie).toBeUndefined();
    const first = await bureau.visitor().open(url, code);
    expect(first.html).toContain('具体内容');
    const second = await bureau.visitor().open(url, code);
    expect(second).toMatchObject({ status: 403 });
    expect(second.html).toContain(WRONG);
  });

  it('is void after as many wrong codes as the rule says, and answers all of them alike', async () => {
    const { url, code } = await newWay();
    const wrong = code === '000000' ? '000001' : '000000';
    const answers = new Set<string>();
    for (let times = 0; times < 5; times++) answers.add(answered(await bureau.visitor().open(url, wrong)));
    answers.add(answered(await bureau.visitor().open(url, code)));
    answers.add(answered(await bureau.visitor().open(`${url.slice(0, -1)}_`, code)));
    expect([...answers]).toHaveLength(1);
  });

  it('is over after ten minutes', async () => {
    const { url, code } = await newWay();
    await bureau.moveClock('2026-11-23T01:11:00.000Z');
    expect(answered(await bureau.visitor().open(url, code))).toContain(WRONG);
  });

  it('opens in one browser where two try at once', async () => {
    const { url, code } = await newWay();
    const both = await Promise.all([bureau.visitor().open(url, code), bureau.visitor().open(url, code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  it('shows nothing to a browser that did not open it', async () => {
    const { url, code } = await newWay();
    const browser = bureau.visitor();
    const form = await browser.open(url, code);
    const other = bureau.visitor();
    const attempts = [
      await other.get(form.place),
      await other.send(form.place, { ...REPORT, do: 'send' }),
      await other.post('/p/act?k=x', { line: '查看', press: 'x' }),
    ];
    for (const { status, html } of attempts) {
      expect(status).toBe(403);
      expect(html).toContain(CLOSED);
    }
  });

  it('keeps what was being typed when the page was over meanwhile, and records nothing', async () => {
    const asked = await bureau.say('林砚秋', '我要报告');
    const { url, code } = wayIn(asked.content);
    const browser = bureau.visitor();
    const form = await browser.open(url, code);
    await bureau.moveClock('2026-11-23T02:30:00.000Z');
    const late = await browser.send(form.place, { ...REPORT, do: 'send' });
    expect(late.html).toContain('已为您暂存，没有提交');
    expect((await browser.get(form.place)).html).toContain(CLOSED);
    const line = asked.content.kind === 'notice' ? (asked.content.actions[0]?.action ?? '') : '';
    const again = wayIn((await bureau.act('林砚秋', asked.messageId, line)).card);
    expect((await bureau.visitor().open(again.url, again.code)).html).toContain('青玉案');
  });

  it('leads nowhere any more once the person has left the page', async () => {
    const { url, code } = await newWay();
    const browser = bureau.visitor();
    const form = await browser.open(url, code);
    const cookie = browser.cookie;
    await browser.post('/p/leave', {});
    browser.cookie = cookie;
    expect((await browser.get(form.place)).html).toContain(CLOSED);
    expect((await browser.send(form.place, { ...REPORT, do: 'send' })).html).toContain(CLOSED);
  });

  it('cannot be pressed from another site, and runs nothing from elsewhere', async () => {
    const { url, code } = await newWay();
    const browser = bureau.visitor();
    const form = await browser.open(url, code);
    const policy = form.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(form.html).not.toMatch(/<script|style=|https?:/u);
    expect(form.headers.get('cache-control')).toBe('no-store');
    expect(form.headers.get('referrer-policy')).toBe('no-referrer');
    const forged = await browser.post('/p/leave', {}, { 'sec-fetch-site': 'cross-site' });
    expect(forged.status).toBe(403);
    expect((await browser.get(form.place)).status).toBe(200);
  });
});

/** What tells the answers to a link apart, if anything does. */
const answered = ({ status, html }: { status: number; html: string }) => `${status} ${html}`;

describe('a page of a record', () => {
  let bureau: PageBureau;
  let filed: string;
  beforeAll(async () => {
    bureau = await openPageBureau();
    const { url, code } = wayIn((await bureau.say('林砚秋', '我要报告')).content);
    const browser = bureau.visitor();
    const form = await browser.open(url, code);
    const receipt = await browser.send(form.place, { ...REPORT, do: 'send' });
    filed = /已收到您的记录 ([2-9A-Z]{4}-[2-9A-Z]{4})/u.exec(receipt.html)?.[1] ?? '';
  });
  afterAll(() => bureau.close());

  it('is given to nobody who may not see the record, in the words of what does not exist', async () => {
    const other = await bureau.say('许星阑', `打开 ${filed}`);
    const none = await bureau.say('许星阑', '打开 2222-2222');
    expect(JSON.stringify(other.content).replace(filed, '')).toBe(
      JSON.stringify(none.content).replace('2222-2222', ''),
    );
  });

  it('takes no line but those of its own record, and a double click once', async () => {
    const { url, code } = wayIn((await bureau.say('唐文澜', `打开 ${filed}`)).content);
    const browser = bureau.visitor();
    const record = await browser.open(url, code);
    const { place, values } = formWith(record.html, '受理');
    for (const line of [
      '我要报告',
      `处置 ${filed},Z1-1`,
      '受理 2222-2222',
      `查看 ${filed}`,
      `${values.line} x`,
    ])
      expect((await browser.post(place, { ...values, line })).html).toContain('这个页面没有这个按钮');
    const both = await Promise.all([browser.post(place, values), browser.post(place, values)]);
    for (const { status, html } of both) {
      expect(status).toBe(200);
      expect(html).toContain('已受理');
    }
    const chat = (await bureau.chatOf('林砚秋')).map(({ content }) => JSON.stringify(content)).join('\n');
    expect(chat.match(/您的记录有新进展/gu)).toHaveLength(1);
  });

  it('gives 报告表 as PDF and Word, to be kept and not to be shown by the browser', async () => {
    const { url, code } = wayIn((await bureau.say('唐文澜', `打开 ${filed}`)).content);
    const browser = bureau.visitor();
    const record = await browser.open(url, code);
    for (const ending of ['pdf', 'docx']) {
      const paper = await browser.get(`${record.place.replace('/p/view', '/p/paper')}&as=${ending}`);
      expect(paper.status).toBe(200);
      expect(paper.headers.get('content-disposition')).toContain(`attachment; filename="file.${ending}"`);
      expect(paper.html.slice(0, 2)).toBe(ending === 'pdf' ? '%P' : 'PK');
    }
  });

  it('gives 台账 to who keeps it, and to nobody else', async () => {
    const { url, code } = wayIn((await bureau.say('唐文澜', '打开 台账')).content);
    const browser = bureau.visitor();
    const opened = await browser.open(url, code);
    const taken = await browser.get(opened.place.replace('/p/ledger', '/p/ledger.xlsx'));
    expect(taken.headers.get('content-disposition')).toContain('.xlsx');
    expect(taken.html.slice(0, 2)).toBe('PK');
    expect(readable((await bureau.say('许星阑', '打开 台账')).content)).toContain('由纪检监察员导出');
  });

  it('leaves nothing of the content in any chat, nor in the database in the clear', async () => {
    for (const name of ['林砚秋', '唐文澜', '姜明澈', '郑怀瑾', '许星阑']) {
      const chat = JSON.stringify(await bureau.chatOf(name));
      for (const said of ['青玉案', '示例外人甲']) expect(chat, name).not.toContain(said);
    }
    for (const file of [bureau.databaseFile, `${bureau.databaseFile}-wal`]) {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0));
      for (const said of ['青玉案', '示例外人甲'])
        expect(bytes.includes(Buffer.from(said)), file).toBe(false);
    }
  });
});
