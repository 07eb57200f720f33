import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendFailure } from '../../bot/platform.ts';
import { readable, START } from '../harness.ts';
import { type MessagesInLine, openMessagesInLine, READER, SHORT, SUPERVISOR } from './messages-in-line.ts';
import { inbound } from './stand-in-platform.ts';

let inLine: MessagesInLine;

beforeEach(async () => {
  inLine = await openMessagesInLine({ rules: SHORT });
});
afterEach(() => inLine.close());

describe('a platform that fails in passing', () => {
  it('is tried again after a wait that grows, and the message is shown once', async () => {
    const triedAt: number[] = [];
    inLine.platform.onSend = async () => {
      triedAt.push((inLine.time - Date.parse(START)) / 1000);
      if (triedAt.length < 4) throw new Error('no route');
    };
    await inLine.put('您好');
    await inLine.settle();
    for (let second = 0; second < 40; second++) await inLine.passSeconds(1);
    expect(triedAt).toEqual([0, 1, 4, 12]);
    expect(inLine.seenByReader()).toEqual(['您好']);
    expect(await inLine.rowOf('您好')).toMatchObject({ state: 'sent', attempts: 4 });
  });

  it('is given up after the attempts that the rules allow, and the 督查员 is shown whom it was for', async () => {
    inLine.platform.onSend = async () => {
      throw new SendFailure('busy', false);
    };
    await inLine.notify(inLine.idOf(READER), '您好');
    for (let minute = 0; minute < 10; minute++) await inLine.passSeconds(60);
    expect(inLine.callsOf('您好')).toHaveLength(4);
    expect(await inLine.rowOf('您好')).toMatchObject({ state: 'dead', attempts: 4, lastError: 'busy' });
    const shown = await inLine.undelivered(SUPERVISOR);
    expect(shown).toContain('未送达的消息（1 条）');
    expect(shown).toContain(`${READER} 4`);
    expect(await inLine.undelivered(READER)).toContain('没有「未送达」的权限');
  });

  it('does not hold up what is for others', async () => {
    inLine.platform.onSend = async ({ content }) => {
      if (readable(content) === '坏') throw new Error('no route');
    };
    await inLine.put('坏', '好');
    await inLine.settle();
    expect(inLine.seenByReader()).toEqual(['好']);
  });
});

describe('a platform that', () => {
  it('says no for good is not asked again', async () => {
    inLine.platform.onSend = async () => {
      throw new SendFailure('the account is closed', true);
    };
    await inLine.notify(inLine.idOf(READER), '您好');
    for (let minute = 0; minute < 5; minute++) await inLine.passSeconds(60);
    expect(inLine.callsOf('您好')).toHaveLength(1);
    expect(await inLine.undelivered(SUPERVISOR)).toContain(`${READER} 1`);
  });

  it('takes nothing for a while has refused nothing: the message comes back then', async () => {
    inLine.platform.onSend = async () => {
      throw new SendFailure('too many', false, 30_000);
    };
    await inLine.put('您好');
    await inLine.settle();
    for (let wave = 0; wave < 6; wave++) await inLine.passSeconds(30);
    expect(inLine.callsOf('您好')).toHaveLength(7);
    expect(await inLine.rowOf('您好')).toMatchObject({
      state: 'waiting',
      attempts: 0,
      lastError: 'too many',
    });
    inLine.platform.onSend = async () => {};
    await inLine.passSeconds(29);
    expect(inLine.seenByReader()).toEqual([]);
    await inLine.passSeconds(1);
    expect(inLine.seenByReader()).toEqual(['您好']);
  });

  it('never answers is let go after the lease, and what stands behind goes out', async () => {
    let hangs = true;
    inLine.platform.onSend = ({ content }) =>
      hangs && readable(content) === '一' ? new Promise(() => {}) : Promise.resolve();
    await inLine.put('一', '二');
    await inLine.settle();
    expect(inLine.seenByReader()).toEqual(['二']);
    expect((await inLine.rowOf('一')).lastError).toBe('the platform did not answer within 1 s');
    hangs = false;
    await inLine.passSeconds(60);
    expect(inLine.seenByReader()).toEqual(['二', '一']);
  });
});

it('the answer to a message goes back to the platform that it came from', async () => {
  const account = inLine.idOf(READER);
  await inLine.platform.receiver.message(
    inbound({ key: 'stand-in:1', account, text: '帮助', at: new Date(inLine.time) }),
  );
  await inLine.settle();
  expect(inLine.seenByReader()[0]).toContain('我能帮您做什么');
  expect(await inLine.bureau.read(READER)).toEqual([]);
});
