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

/** Nothing reaches this account any more. */
class Unreachable extends SendFailure {
  override readonly unreachable = true;
}

/** Puts notices that nobody asked for in line. */
async function notifyAll(messages: readonly { personId: string; line: string }[]): Promise<void> {
  const at = new Date(time);
  await other.database.write(async (rows) => {
    for (const { personId, line } of messages)
      await enqueue(other, rows, at, { key: line, personId, content: text(line), notBefore: at });
  });
}

const notify = (personId: string, ...lines: string[]): Promise<void> =>
  notifyAll(lines.map((line) => ({ personId, line })));

describe('many messages', () => {
  const numbered = (count: number, what: string) =>
    Array.from({ length: count }, (_, index) => `${what} ${index}`);

  it('of which two hundred are notices do not keep an answer waiting', async () => {
    await writeFile(bureau.environment.rulesFile, '');
    await bureau.restart();
    await bureau.service.idle();
    let answered = () => {};
    const hasAnswer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    // No notice arrives before the answer does: were it behind them, nothing would ever arrive.
    platform.onSend = async ({ content }) => {
      if (readable(content).startsWith('通知')) await hasAnswer;
      else answered();
    };
    const people = await other.database.rows.person.findMany({ select: { id: true } });
    await notifyAll(
      numbered(200, '通知').map((line, index) => ({
        line,
        personId: people[index % people.length]?.id ?? '',
      })),
    );
    const idle = bureau.service.idle();
    await expect.poll(() => platform.calls.length).toBe(20);
    const account = bureau.idOf(READER);
    await platform.receiver.message(
      inbound({ key: 'stand-in:2', account, text: '帮助', at: new Date(time) }),
    );
    await idle;
    await bureau.service.idle();
    expect(readable(platform.calls[20]?.content ?? text(''))).toContain('我能帮您做什么');
    expect(new Set(platform.shown.map(({ id }) => id)).size).toBe(201);
  });

  it('go out up to twenty at once, and what one person gets keeps its order', async () => {
    let underWay = 0;
    let most = 0;
    platform.onSend = async ({ address, content }) => {
      underWay += 1;
      most = Math.max(most, underWay);
      const isToReader = address.externalId === bureau.idOf(READER);
      // The earlier, the slower: only waiting for each other keeps them in order.
      await wait(isToReader ? 20 - Number(readable(content).split(' ')[1]) : 40);
      underWay -= 1;
    };
    const toReader = numbered(15, '一');
    await notify(bureau.idOf(READER), ...toReader);
    for (const [index, name] of ['许星阑', '方远山', '孟知行', '苏静宜', '陆清和'].entries())
      await notify(bureau.idOf(name), ...numbered(5, `二${index}`));
    await bureau.service.idle();
    expect(seenByReader()).toEqual(toReader);
    expect(platform.shown).toHaveLength(40);
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(20);
  });
});

it('a platform that takes nothing for a while has refused nothing: the message comes back then', async () => {
  platform.onSend = async () => {
    throw new SendFailure('too many', false, 30_000);
  };
  await putInLine('您好');
  await bureau.service.idle();
  for (let wave = 0; wave < 6; wave++) await passSeconds(30);
  expect(callsOf('您好')).toHaveLength(7);
  expect(await rowOf('您好')).toMatchObject({ state: 'waiting', attempts: 0, lastError: 'too many' });
  platform.onSend = async () => {};
  await passSeconds(29);
  expect(seenByReader()).toEqual([]);
  await passSeconds(1);
  expect(seenByReader()).toEqual(['您好']);
});

describe('a platform that remembers a message’s id for an hour', () => {
  const HOUR = 3600;

  beforeEach(async () => {
    platform.remembersIdsForMs = HOUR * 1000;
    await bureau.restart();
    await bureau.service.idle();
  });

  it('is not given again what may have gone out longer ago, but is given what it refused', async () => {
    platform.onSend = async ({ content }) => {
      if (readable(content) === '不明') throw new Error('the connection broke');
      throw new SendFailure('busy', false);
    };
    await putInLine('不明', '未发');
    await bureau.service.idle();
    platform.onSend = async () => {};
    await passSeconds(HOUR);
    expect(seenByReader()).toEqual(['未发']);
    expect(callsOf('不明')).toHaveLength(1);
    expect(await rowOf('不明')).toMatchObject({ state: 'dead' });
    await passSeconds(HOUR);
    expect(callsOf('不明')).toHaveLength(1);
    expect(await undelivered(SUPERVISOR)).toContain('未送达的消息（1 条）');
  });

  it('is given again what may have gone out, as long as it remembers', async () => {
    platform.onSend = async () => {
      throw new Error('the connection broke');
    };
    await putInLine('您好');
    await passSeconds(2);
    platform.onSend = async () => {};
    await passSeconds(HOUR - 3);
    expect(seenByReader()).toEqual(['您好']);
  });

  it('counts from the first time that it was not known, however often it was tried since', async () => {
    platform.onSend = async () => {
      throw new Error('the connection broke');
    };
    await putInLine('您好');
    await bureau.service.idle();
    await passSeconds(HOUR - 10);
    expect(callsOf('您好')).toHaveLength(2);
    await passSeconds(10);
    expect(callsOf('您好')).toHaveLength(2);
    expect(await rowOf('您好')).toMatchObject({ state: 'dead' });
  });

  it('is not given what somebody took and never settled longer ago', async () => {
    await putInLine('一', '二');
    expect(await claimed()).toHaveLength(2);
    time += 1000;
    expect(await claimed()).toMatchObject([{ key: '一', attempts: 2 }]);
    await passSeconds(HOUR - 2);
    expect(seenByReader()).toEqual(['一', '二']);
    await putInLine('三');
    expect(await claimed()).toHaveLength(1);
    await passSeconds(HOUR);
    expect(callsOf('三')).toEqual([]);
    expect(await rowOf('三')).toMatchObject({ state: 'dead' });
  });
});

describe('whom nothing reaches any more', () => {
  const TOLD = '有消息未能送达';
  const toldTo = (name: string) =>
    platform
      .window(bureau.idOf(name))
      .map(readable)
      .filter((words) => words.startsWith(TOLD));
  const marked = async () =>
    (await other.database.rows.account.findFirst({ where: { personId: bureau.idOf(READER) } }))?.unreachable;

  it('is marked, the 督查员 are told once a day, and the mark goes when something arrives', async () => {
    const personId = bureau.idOf(READER);
    await other.database.write((rows) =>
      rows.account.create({ data: { platform: STAND_IN, externalId: personId, personId } }),
    );
    let isThere = false;
    platform.onSend = async ({ address }) => {
      if (!isThere && address.externalId === personId) throw new Unreachable('the person left', true);
    };
    await notify(personId, '一', '二');
    await passSeconds(1);
    await passSeconds(1);
    expect(await marked()).toBe('the person left');
    expect(toldTo(SUPERVISOR)).toHaveLength(1);
    expect(toldTo('叶知秋')).toHaveLength(1);
    expect(toldTo(SUPERVISOR)[0]).toContain(`${READER}（高新技术科）收不到消息`);
    // Both 督查员, and the 系统管理员.
    expect(platform.shown.map(({ content }) => readable(content))).toHaveLength(3);
    await notify(personId, '三');
    await passSeconds(1);
    await passSeconds(1);
    expect(toldTo(SUPERVISOR)).toHaveLength(1);
    await passSeconds(86_400);
    await notify(personId, '四');
    await passSeconds(1);
    await passSeconds(1);
    expect(toldTo(SUPERVISOR)).toHaveLength(2);
    expect(callsOf('四')).toHaveLength(1);
    isThere = true;
    await notify(personId, '五');
    await passSeconds(1);
    expect(seenByReader()).toEqual(['五']);
    expect(await marked()).toBeNull();
  });

  it('is not marked for a message that was refused for another reason', async () => {
    const personId = bureau.idOf(READER);
    await other.database.write((rows) =>
      rows.account.create({ data: { platform: STAND_IN, externalId: personId, personId } }),
    );
    platform.onSend = async () => {
      throw new SendFailure('the content is too long', true);
    };
    await notify(personId, '一');
    await passSeconds(1);
    await passSeconds(1);
    expect(await marked()).toBeNull();
    expect(callsOf('一')).toHaveLength(1);
    expect(await other.database.rows.outbox.count({ where: { key: { startsWith: 'unreachable:' } } })).toBe(
      0,
    );
  });
});

it('a platform that never answered may have sent it: not again after its memory', async () => {
  platform.remembersIdsForMs = 3_600_000;
  await bureau.restart();
  await bureau.service.idle();
  platform.onSend = () => new Promise(() => {});
  await putInLine('您好');
  await bureau.service.idle();
  platform.onSend = async () => {};
  await passSeconds(3600);
  expect(callsOf('您好')).toHaveLength(1);
});

it('who hangs does not keep others waiting who come later', async () => {
  await writeFile(bureau.environment.rulesFile, '');
  await bureau.restart();
  await bureau.service.idle();
  let go = () => {};
  const opened = new Promise<void>((resolve) => {
    go = resolve;
  });
  platform.onSend = async ({ content }) => {
    if (readable(content) === '一') await opened;
  };
  await putInLine('一');
  void bureau.service.idle();
  await expect.poll(() => platform.calls.length).toBe(1);
  const account = bureau.idOf('许星阑');
  await platform.receiver.message(inbound({ key: 'x1', account, text: '帮助', at: new Date(time) }));
  await expect.poll(() => platform.window(account).length, { timeout: 4000 }).toBe(1);
  go();
});
