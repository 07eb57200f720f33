import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { text } from '../../ledger/message.ts';
import { gate } from './gate.ts';
import { type MessagesInLine, openMessagesInLine, READER, SHORT } from './messages-in-line.ts';

let inLine: MessagesInLine;

beforeEach(async () => {
  inLine = await openMessagesInLine({ rules: SHORT });
});
afterEach(() => inLine.close());

describe('a process that ends between taking a message and settling it', () => {
  it('leaves the message to others once its lease is over', async () => {
    await inLine.put('您好');
    expect(await inLine.claimed()).toHaveLength(1);
    await inLine.settle();
    expect(inLine.seenByReader()).toEqual([]);
    await inLine.passSeconds(1);
    expect(inLine.seenByReader()).toEqual(['您好']);
    expect(await inLine.rowOf('您好')).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('does not make the message appear twice when it had gone out already', async () => {
    inLine.platform.onSend = async (message) => {
      if (inLine.platform.calls.length > 1) return;
      inLine.platform.show(message);
      throw new Error('the connection broke after the platform had it');
    };
    await inLine.put('您好');
    await inLine.settle();
    await inLine.passSeconds(60);
    const [first, second] = inLine.callsOf('您好');
    expect(second?.id).toBe(first?.id);
    expect(inLine.callsOf('您好')).toHaveLength(2);
    expect(inLine.seenByReader()).toEqual(['您好']);
  });

  it('does not make the message appear twice in the local chat either', async () => {
    await inLine.bureau.say(READER, '帮助');
    const [row] = await inLine.other.database.rows.outbox.findMany({ where: { platform: 'local' } });
    await inLine.other.database.rows.outbox.update({
      where: { id: row?.id ?? '' },
      data: { state: 'waiting', sealed: inLine.other.keys.seal(text('再来一次'), `outbox/${row?.id}`) },
    });
    await inLine.passSeconds(1);
    expect((await inLine.rowOf(row?.key ?? '')).state).toBe('sent');
    expect(await inLine.bureau.read(READER)).toEqual([]);
  });

  it('is not tried forever with a message that ends it each time', async () => {
    await inLine.put('毒');
    for (let life = 0; life < 4; life++) {
      expect(await inLine.claimed()).toHaveLength(1);
      inLine.time += 1000;
    }
    await inLine.passSeconds(1);
    expect(inLine.callsOf('毒')).toEqual([]);
    expect(await inLine.rowOf('毒')).toMatchObject({ state: 'dead', attempts: 4 });
  });

  it('drags no other message down with it: what somebody took and never settled is taken alone', async () => {
    await inLine.put('一', '二', '三');
    expect(await inLine.claimed()).toHaveLength(3);
    inLine.time += 1000;
    const [first, ...more] = await inLine.claimed();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ key: '一', attempts: 2 });
    expect(await inLine.claimed()).toMatchObject([{ key: '二', attempts: 2 }]);
  });
});

it('a graceful stop finishes the message that is being sent, and leaves the rest untried for the next start', async () => {
  const [begun, finish] = [gate(), gate()];
  inLine.platform.onSend = async () => {
    begun.open();
    await finish.opened;
  };
  await inLine.put('一', '二', '三');
  const idle = inLine.settle();
  await begun.opened;
  const stopped = inLine.bureau.service.stop();
  // The stop goes through the house before it waits for this message.
  await wait(200);
  finish.open();
  await Promise.all([idle, stopped]);
  expect(inLine.seenByReader()).toEqual(['一']);
  expect(await inLine.rowOf('一')).toMatchObject({ state: 'sent', attempts: 1 });
  for (const key of ['二', '三'])
    expect(await inLine.rowOf(key)).toMatchObject({ state: 'waiting', attempts: 0, leaseUntil: null });
  await inLine.bureau.restart();
  await inLine.settle();
  expect(inLine.seenByReader()).toEqual(['一', '二', '三']);
  expect(inLine.platform.calls).toHaveLength(3);
});

const IS_FIRST_SENT = `OLD."key" = '一' AND NEW."state" = 'sent'`;
const REFUSES_TO_SETTLE = {
  sqlite: [
    `CREATE TRIGGER "refuses" BEFORE UPDATE ON "Outbox" WHEN ${IS_FIRST_SENT} BEGIN SELECT RAISE(ABORT, 'refused'); END`,
  ],
  postgresql: [
    `CREATE FUNCTION "refuses"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
    `CREATE TRIGGER "refuses" BEFORE UPDATE ON "Outbox" FOR EACH ROW WHEN (${IS_FIRST_SENT}) EXECUTE FUNCTION "refuses"()`,
  ],
};

it('a message that cannot be settled ends the round and not the process, and the rest goes out in the next', async () => {
  for (const sql of REFUSES_TO_SETTLE[inject('records')])
    await inLine.other.database.rows.$executeRawUnsafe(sql);
  await inLine.put('一', '二', '三');
  await expect(inLine.settle()).rejects.toThrow();
  expect(inLine.seenByReader()).toEqual(['一']);
  for (const key of ['二', '三'])
    expect(await inLine.rowOf(key)).toMatchObject({ attempts: 0, leaseUntil: null });
  await inLine.settle();
  expect(inLine.seenByReader()).toEqual(['一', '二', '三']);
});
