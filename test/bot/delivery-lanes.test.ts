import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { text } from '../../ledger/message.ts';
import { readable } from '../harness.ts';
import { gate } from './gate.ts';
import { type MessagesInLine, openMessagesInLine, READER } from './messages-in-line.ts';
import { inbound } from './stand-in-platform.ts';

let inLine: MessagesInLine;

beforeEach(async () => {
  // With leases as long as they usually are: what hangs goes on hanging.
  inLine = await openMessagesInLine();
});
afterEach(() => inLine.close());

describe('many messages', () => {
  const numbered = (count: number, what: string) =>
    Array.from({ length: count }, (_, index) => `${what} ${index}`);

  it('of which two hundred are notices do not keep an answer waiting', async () => {
    const answered = gate();
    // No notice arrives before the answer does: were it behind them, nothing would ever arrive.
    inLine.platform.onSend = async ({ content }) => {
      if (readable(content).startsWith('通知')) await answered.opened;
      else answered.open();
    };
    const people = await inLine.other.database.rows.person.findMany({ select: { id: true } });
    await inLine.notifyAll(
      numbered(200, '通知').map((line, index) => ({
        line,
        personId: people[index % people.length]?.id ?? '',
      })),
    );
    const idle = inLine.settle();
    await expect.poll(() => inLine.platform.calls.length).toBe(people.length);
    const account = inLine.idOf(READER);
    await inLine.platform.receiver.message(
      inbound({ key: 'stand-in:2', account, text: '帮助', at: new Date(inLine.time) }),
    );
    await idle;
    await inLine.settle();
    expect(readable(inLine.platform.calls[people.length]?.content ?? text(''))).toContain('我能帮您做什么');
    expect(new Set(inLine.platform.shown.map(({ id }) => id)).size).toBe(201);
  });

  it('go out several at once, no more than the rules allow, and what one person gets keeps its order', async () => {
    let underWay = 0;
    let most = 0;
    inLine.platform.onSend = async ({ address, content }) => {
      underWay += 1;
      most = Math.max(most, underWay);
      const isToReader = address.externalId === inLine.idOf(READER);
      // The earlier, the slower: only waiting for each other keeps them in order.
      await wait(isToReader ? 20 - Number(readable(content).split(' ')[1]) : 40);
      underWay -= 1;
    };
    const toReader = numbered(15, '一');
    await inLine.notify(inLine.idOf(READER), ...toReader);
    for (const [index, name] of ['许星阑', '方远山', '孟知行', '苏静宜', '陆清和'].entries())
      await inLine.notify(inLine.idOf(name), ...numbered(5, `二${index}`));
    await inLine.settle();
    expect(inLine.seenByReader()).toEqual(toReader);
    expect(inLine.platform.shown).toHaveLength(40);
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(inLine.other.rules.delivery.concurrency);
  });

  it('to one person, sixty of them and slow, do not keep another’s answer waiting', async () => {
    const answered = gate();
    const other = '许星阑';
    // None of the sixty arrives before the other's answer does: were it behind them, nothing would ever arrive.
    inLine.platform.onSend = async ({ address }) => {
      if (address.externalId === inLine.idOf(READER)) await answered.opened;
      else answered.open();
    };
    const sixty = numbered(60, '一');
    await inLine.put(...sixty);
    const idle = inLine.settle();
    await expect.poll(() => inLine.platform.calls.length).toBe(1);
    const account = inLine.idOf(other);
    await inLine.platform.receiver.message(
      inbound({ key: 'x1', account, text: '帮助', at: new Date(inLine.time) }),
    );
    await expect.poll(() => inLine.seenBy(other).length, { timeout: 4000 }).toBe(1);
    await idle;
    await inLine.settle();
    expect(inLine.seenByReader()).toEqual(sixty);
  });

  it('of which one hangs do not keep those waiting who come later', async () => {
    const hangs = gate();
    inLine.platform.onSend = async ({ content }) => {
      if (readable(content) === '一') await hangs.opened;
    };
    await inLine.put('一');
    void inLine.settle();
    await expect.poll(() => inLine.platform.calls.length).toBe(1);
    const account = inLine.idOf('许星阑');
    await inLine.platform.receiver.message(
      inbound({ key: 'x1', account, text: '帮助', at: new Date(inLine.time) }),
    );
    await expect.poll(() => inLine.seenBy('许星阑').length, { timeout: 4000 }).toBe(1);
    hangs.open();
  });
});
