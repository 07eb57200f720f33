import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asText } from '../../bot/as-text.ts';
import { openBackOff, restMs } from '../../bot/wechat/back-off.ts';
import { LONGEST_LINE } from '../../bot/wechat/child/longest.ts';
import { defaultLimits, openFloodGate } from '../../bot/wechat/limits.ts';
import { openPace } from '../../bot/wechat/pace.ts';
import { reportSchema } from '../../bot/wechat/protocol.ts';
import { openReading } from '../../bot/wechat/running-child.ts';
import type { Content } from '../../ledger/message.ts';

const HOUR_MS = 3_600_000;

describe('resting between lives', () => {
  it('takes longer each time, up to ten minutes, and never exactly as long as elsewhere', () => {
    const rests = [1, 2, 3, 4, 20, 2000].map((failures) => restMs(failures, defaultLimits, 0.5));
    expect(rests).toEqual([5000, 10_000, 20_000, 40_000, 600_000, 600_000]);
    expect(restMs(1, defaultLimits, 0)).toBe(4000);
    expect(restMs(1, defaultLimits, 1)).toBe(6000);
  });

  it('makes fourteen lives in the first hour and seven in each after it, where each ends at once', () => {
    const backOff = openBackOff(defaultLimits, () => 0);
    const begunAt: number[] = [];
    for (let at = 0; at < 2 * HOUR_MS; at += backOff.ended(undefined)) begunAt.push(at);
    const inFirstHour = begunAt.filter((at) => at < HOUR_MS).length;
    expect([inFirstHour, begunAt.length - inFirstHour]).toEqual([14, 7]);
  });

  it('begins anew after a login that held, and forgets what was remembered after three lives without any', () => {
    const backOff = openBackOff(defaultLimits, () => 0.5);
    const rests = [undefined, undefined, undefined].map((held) => backOff.ended(held));
    expect(rests).toEqual([5000, 10_000, 20_000]);
    expect(backOff.isForgetful).toBe(true);
    expect(backOff.ended(1000)).toBe(40_000);
    expect(backOff.isForgetful).toBe(false);
    expect(backOff.ended(HOUR_MS)).toBe(5000);
  });
});

it('a storm is told from a busy day', () => {
  let now = 0;
  const isCalm = openFloodGate({ reports: 100, bytes: 10_000, withinMs: 10_000 }, () => now);
  const busy = Array.from({ length: 600 }, () => {
    now += 200;
    return isCalm(10);
  });
  expect(busy).not.toContain(false);
  const storm = Array.from({ length: 150 }, () => isCalm(10));
  expect(storm.indexOf(false)).toBeLessThan(101);
  now += 20_000;
  expect(isCalm(10)).toBe(true);
  expect(isCalm(10_001)).toBe(false);
});

it('lines come out as they went in, however they are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }).filter((line) => !line.includes('\n'))),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const heard: string[] = [];
        const read = openReading((line) => heard.push(line));
        for (let from = 0, n = 0; from < bytes.length; n += 1) {
          const cut = cuts[n % cuts.length] ?? 1;
          expect(read(bytes.subarray(from, from + cut))).toBe(true);
          from += cut;
        }
        expect(heard).toEqual(lines);
      },
    ),
  );
});

it('a line without an end is given up', () => {
  const read = openReading(() => {});
  const piece = Buffer.alloc(64 * 1024, 'x');
  const pieces = Array.from({ length: 10 }, () => read(piece));
  expect(pieces.indexOf(false)).toBe(LONGEST_LINE / piece.length);
});

it('a report with anything more or less than it may have is none', () => {
  const contact = { id: 'a', name: '', isFriend: true };
  const message = { kind: 'message', id: 'm', timestamp: 1, from: contact, text: '好' };
  expect(reportSchema.safeParse(message).success).toBe(true);
  for (const wrong of [
    { ...message, id: '' },
    { ...message, more: 1 },
    { ...message, text: 'x'.repeat(20_001) },
    { ...message, from: { ...contact, id: { $ne: 1 } } },
    { ...message, kind: 'operate' },
    { kind: 'piece', request: 0, data: '' },
    { kind: 'piece', request: 1, data: 'not base64!' },
    [message],
    null,
  ])
    expect(reportSchema.safeParse(wrong).success, JSON.stringify(wrong).slice(0, 80)).toBe(false);
});

it('messages go out one after the other, with a gap that is not always the same, whatever became of the one before', async () => {
  let now = 0;
  const randoms = [0, 1, 0.5];
  const pace = openPace({
    gapMs: { from: 1500, to: 3000 },
    now: () => now,
    random: () => randoms.shift() ?? 0,
    async wait(ms) {
      now += ms;
    },
  });
  const began: number[] = [];
  const send = async () => {
    began.push(now);
    now += 100;
  };
  const fails = () => send().then(() => Promise.reject(new Error('not sent')));
  const sent = [pace.send(send), pace.send(fails), pace.send(send)];
  expect(pace.waiting).toBe(3);
  expect((await Promise.allSettled(sent)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(began).toEqual([0, 1600, 4700]);
  now += 60_000;
  await pace.send(send);
  expect(began.at(-1)).toBe(64_800);
  expect(pace.waiting).toBe(0);
});

describe('content in a chat of text', () => {
  it('keeps all its words and says what buttons would do', () => {
    const content: Content = {
      kind: 'notice',
      title: '本周督查',
      tone: 'plain',
      sections: [
        { heading: 'Z1-1', lines: ['示例事项'], actions: [{ action: '按计划 Z1-1', label: '按计划' }] },
      ],
      actions: [
        { action: '帮助', label: '帮助' },
        { action: '台账 逾期@7', label: '查看逾期' },
        { action: '打开 Z1-1', label: '打开页面', url: 'https://ledger.example.cn/p/x' },
      ],
    };
    expect(asText(content).texts).toEqual([
      '【本周督查】\nZ1-1\n示例事项\n回复「按计划 Z1-1」\n回复「帮助」\n回复「台账 逾期」：查看逾期\n打开页面：https://ledger.example.cn/p/x',
    ]);
  });

  it('shows a table line by line', () => {
    const table = {
      kind: 'table',
      columns: ['编号', '状态'],
      rows: [['Z1-1', '在办']],
      footer: ['共 1 项'],
    } as const;
    const content = {
      ...table,
      title: '台账',
      actions: [],
      columns: ['编号', '状态'],
      rows: [['Z1-1', '在办']],
      footer: ['共 1 项'],
    };
    expect(asText(content).texts).toEqual(['【台账】\n编号：Z1-1；状态：在办\n共 1 项']);
  });

  it('is cut into messages that WeChat takes, and nothing of it is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 5000 }), { maxLength: 6 }), (lines) => {
        const { texts } = asText({ kind: 'text', text: lines.join('\n') });
        for (const each of texts) expect(each.length).toBeLessThanOrEqual(2000);
        const bare = (text: string) => text.replaceAll('\n', '');
        expect(bare(texts.join(''))).toBe(bare(lines.join('')));
      }),
      { numRuns: 50 },
    );
  });
});
