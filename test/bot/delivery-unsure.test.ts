import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendFailure } from '../../bot/platform.ts';
import { readable } from '../harness.ts';
import { type MessagesInLine, openMessagesInLine, READER, SHORT, SUPERVISOR } from './messages-in-line.ts';

const HOUR = 3600;

let inLine: MessagesInLine;

beforeEach(async () => {
  inLine = await openMessagesInLine({ rules: SHORT, platform: { remembersIdsForMs: HOUR * 1000 } });
});
afterEach(() => inLine.close());

describe('a platform that remembers a message’s id for an hour', () => {
  it('is not given again what may have gone out longer ago, but is given what it refused', async () => {
    inLine.platform.onSend = async ({ content }) => {
      if (readable(content) === '不明') throw new Error('the connection broke');
      throw new SendFailure('busy', false);
    };
    await inLine.notify(inLine.idOf(READER), '不明', '未发');
    await inLine.settle();
    inLine.platform.onSend = async () => {};
    await inLine.passSeconds(HOUR);
    expect(inLine.seenByReader()).toEqual(['未发']);
    expect(inLine.callsOf('不明')).toHaveLength(1);
    expect(await inLine.rowOf('不明')).toMatchObject({ state: 'dead' });
    await inLine.passSeconds(HOUR);
    expect(inLine.callsOf('不明')).toHaveLength(1);
    expect(await inLine.undelivered(SUPERVISOR)).toContain('未送达的消息（1 条）');
  });

  it('is given again what may have gone out, as long as it remembers', async () => {
    inLine.platform.onSend = async () => {
      throw new Error('the connection broke');
    };
    await inLine.put('您好');
    await inLine.passSeconds(2);
    inLine.platform.onSend = async () => {};
    await inLine.passSeconds(HOUR - 3);
    expect(inLine.seenByReader()).toEqual(['您好']);
  });

  it('counts from the first time that it was not known, however often it was tried since', async () => {
    inLine.platform.onSend = async () => {
      throw new Error('the connection broke');
    };
    await inLine.put('您好');
    await inLine.settle();
    await inLine.passSeconds(HOUR - 10);
    expect(inLine.callsOf('您好')).toHaveLength(2);
    await inLine.passSeconds(10);
    expect(inLine.callsOf('您好')).toHaveLength(2);
    expect(await inLine.rowOf('您好')).toMatchObject({ state: 'dead' });
  });

  it('is not given what somebody took and never settled longer ago', async () => {
    await inLine.put('一', '二');
    expect(await inLine.claimed()).toHaveLength(2);
    inLine.time += 1000;
    expect(await inLine.claimed()).toMatchObject([{ key: '一', attempts: 2 }]);
    await inLine.passSeconds(HOUR - 2);
    expect(inLine.seenByReader()).toEqual(['一', '二']);
    await inLine.put('三');
    expect(await inLine.claimed()).toHaveLength(1);
    await inLine.passSeconds(HOUR);
    expect(inLine.callsOf('三')).toEqual([]);
    expect(await inLine.rowOf('三')).toMatchObject({ state: 'dead' });
  });

  it('is not given again what it never answered: it may have sent it', async () => {
    inLine.platform.onSend = () => new Promise(() => {});
    await inLine.put('您好');
    await inLine.settle();
    inLine.platform.onSend = async () => {};
    await inLine.passSeconds(HOUR);
    expect(inLine.callsOf('您好')).toHaveLength(1);
  });
});
