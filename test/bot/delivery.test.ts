import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendFailure } from '../../bot/platform.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import { text } from '../../ledger/message.ts';
import { claim, enqueue, type OutboxRow } from '../../ledger/outbox.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { type Bureau, lastFromBot, openBureau, readable, START } from '../harness.ts';
import { inbound, STAND_IN, StandInPlatform } from './stand-in-platform.ts';

const RULES = 'delivery:\n  leaseSeconds: 1\n  maxAttempts: 4\n  maxBackoffSeconds: 3600\n';
const SUPERVISOR = '程一禾';
const READER = '林砚秋';

let bureau: Bureau;
let platform: StandInPlatform;
/** A second way into the same database, as another process would have it. */
let other: Store;
let time: number;

beforeEach(async () => {
  time = Date.parse(START);
  platform = new StandInPlatform();
  bureau = await openBureau({ world: { now: () => new Date(time), platforms: [platform.setting] } });
  await writeFile(bureau.environment.rulesFile, RULES);
  await bureau.restart();
  // Both write from one thread: whoever waited for the other would wait for himself.
  await bureau.service.idle();
  other = await openStore(bureau.environment, ledgers);
});

afterEach(async () => {
  await bureau.service.stop();
  await other.database.close();
  await bureau.close();
});

/** Puts messages to the reader in line, all at once. */
async function putInLine(...lines: string[]): Promise<void> {
  const personId = bureau.idOf(READER);
  const address = { platform: STAND_IN, externalId: personId, isGroup: false };
  const at = new Date(time);
  await other.database.write(async (rows) => {
    for (const line of lines) {
      await enqueue(other, rows, at, { key: line, personId, content: text(line), address, notBefore: at });
    }
  });
}

async function rowOf(key: string): Promise<OutboxRow> {
  return other.database.rows.outbox.findUniqueOrThrow({ where: { key } });
}

async function passSeconds(seconds: number): Promise<void> {
  time += seconds * 1000;
  await bureau.service.idle();
}

const seenByReader = () => platform.window(bureau.idOf(READER)).map(readable);
const callsOf = (line: string) => platform.calls.filter(({ content }) => readable(content) === line);
const undelivered = async (name: string) => readable(lastFromBot(await bureau.say(name, '未送达')).content);

describe('a platform that fails in passing', () => {
  it('is tried again after a wait that grows, and the message is shown once', async () => {
    const triedAt: number[] = [];
    platform.onSend = async () => {
      triedAt.push((time - Date.parse(START)) / 1000);
      if (triedAt.length < 4) throw new Error('no route');
    };
    await putInLine('您好');
    await bureau.service.idle();
    for (let second = 0; second < 40; second++) await passSeconds(1);
    expect(triedAt).toEqual([0, 1, 4, 12]);
    expect(seenByReader()).toEqual(['您好']);
    expect(await rowOf('您好')).toMatchObject({ state: 'sent', attempts: 4 });
  });

  it('is given up after the attempts that the rules allow, and the 督查员 is shown whom it was for', async () => {
    platform.onSend = async () => {
      throw new SendFailure('busy', false);
    };
    await putInLine('您好');
    for (let minute = 0; minute < 10; minute++) await passSeconds(60);
    expect(callsOf('您好')).toHaveLength(4);
    expect(await rowOf('您好')).toMatchObject({ state: 'dead', attempts: 4, lastError: 'busy' });
    const shown = await undelivered(SUPERVISOR);
    expect(shown).toContain('未送达的消息（1 条）');
    expect(shown).toContain(`${READER} 4`);
    expect(await undelivered(READER)).toContain('没有「未送达」的权限');
  });

  it('does not hold up what is for others', async () => {
    platform.onSend = async ({ content }) => {
      if (readable(content) === '坏') throw new Error('no route');
    };
    await putInLine('坏', '好');
    await bureau.service.idle();
    expect(seenByReader()).toEqual(['好']);
  });
});

it('a platform that says no for good is not asked again', async () => {
  platform.onSend = async () => {
    throw new SendFailure('the account is closed', true);
  };
  await putInLine('您好');
  for (let minute = 0; minute < 5; minute++) await passSeconds(60);
  expect(callsOf('您好')).toHaveLength(1);
  expect(await undelivered(SUPERVISOR)).toContain(`${READER} 1`);
});

it('a platform that never answers is let go after the lease, and what stands behind goes out', async () => {
  let hangs = true;
  platform.onSend = ({ content }) =>
    hangs && readable(content) === '一' ? new Promise(() => {}) : Promise.resolve();
  await putInLine('一', '二');
  await bureau.service.idle();
  expect(seenByReader()).toEqual(['二']);
  expect((await rowOf('一')).lastError).toBe('the platform did not answer within 1 s');
  hangs = false;
  await passSeconds(60);
  expect(seenByReader()).toEqual(['二', '一']);
});

/** Taken by a process that never comes back. */
const claimed = async () => (await claim(other, new Date(time), 'answers', 20)).rows;

describe('a process that ends between taking a message and settling it', () => {
  it('leaves the message to others once its lease is over', async () => {
    await putInLine('您好');
    expect(await claimed()).toHaveLength(1);
    await bureau.service.idle();
    expect(seenByReader()).toEqual([]);
    await passSeconds(1);
    expect(seenByReader()).toEqual(['您好']);
    expect(await rowOf('您好')).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('does not make the message appear twice when it had gone out already', async () => {
    platform.onSend = async (message) => {
      if (platform.calls.length > 1) return;
      platform.show(message);
      throw new Error('the connection broke after the platform had it');
    };
    await putInLine('您好');
    await bureau.service.idle();
    await passSeconds(60);
    const [first, second] = callsOf('您好');
    expect(second?.id).toBe(first?.id);
    expect(callsOf('您好')).toHaveLength(2);
    expect(seenByReader()).toEqual(['您好']);
  });

  it('does not make the message appear twice in the local chat either', async () => {
    await bureau.say(READER, '帮助');
    const [row] = await other.database.rows.outbox.findMany({ where: { platform: 'local' } });
    await other.database.rows.outbox.update({
      where: { id: row?.id ?? '' },
      data: { state: 'waiting', sealed: other.keys.seal(text('再来一次'), `outbox/${row?.id}`) },
    });
    await passSeconds(1);
    expect((await rowOf(row?.key ?? '')).state).toBe('sent');
    expect(await bureau.read(READER)).toEqual([]);
  });

  it('is not tried forever with a message that ends it each time', async () => {
    await putInLine('毒');
    for (let life = 0; life < 4; life++) {
      expect(await claimed()).toHaveLength(1);
      time += 1000;
    }
    await passSeconds(1);
    expect(callsOf('毒')).toEqual([]);
    expect(await rowOf('毒')).toMatchObject({ state: 'dead', attempts: 4 });
    expect(await undelivered(SUPERVISOR)).toContain(`${READER} 4`);
  });

  it('drags no other message down with it: what somebody took and never settled is taken alone', async () => {
    await putInLine('一', '二', '三');
    expect(await claimed()).toHaveLength(3);
    time += 1000;
    const [first, ...more] = await claimed();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ key: '一', attempts: 2 });
    expect(await claimed()).toMatchObject([{ key: '二', attempts: 2 }]);
  });
});

it('a graceful stop finishes the message that is being sent, and leaves the rest untried for the next start', async () => {
  let begun = () => {};
  let finish = () => {};
  const sending = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    finish = resolve;
  });
  platform.onSend = async () => {
    begun();
    await gate;
  };
  await putInLine('一', '二', '三');
  const idle = bureau.service.idle();
  await sending;
  const stopped = bureau.service.stop();
  // The stop goes through the house before it waits for this message.
  await wait(200);
  finish();
  await Promise.all([idle, stopped]);
  expect(seenByReader()).toEqual(['一']);
  expect(await rowOf('一')).toMatchObject({ state: 'sent', attempts: 1 });
  for (const key of ['二', '三'])
    expect(await rowOf(key)).toMatchObject({ state: 'waiting', attempts: 0, leaseUntil: null });
  await bureau.restart();
  await bureau.service.idle();
  expect(seenByReader()).toEqual(['一', '二', '三']);
  expect(platform.calls).toHaveLength(3);
});

it('the answer to a message goes back to the platform that it came from', async () => {
  const account = bureau.idOf(READER);
  await platform.receiver.message(inbound({ key: 'stand-in:1', account, text: '帮助', at: new Date(time) }));
  await bureau.service.idle();
  expect(seenByReader()[0]).toContain('我能帮您做什么');
  expect(await bureau.read(READER)).toEqual([]);
});
