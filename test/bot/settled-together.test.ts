import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../ledger/audit/verify.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { type Bureau, openBureau, readable, START } from '../harness.ts';
import { brokenLedger } from './broken-ledger.ts';
import { inbound, StandInPlatform } from './stand-in-platform.ts';

const FIXED_LINE = /^抱歉，系统出现故障，这次操作没有生效。/;

/** How often its form was to be opened; from `breaksFrom` on that is a fault. */
let opened: number;
let breaksFrom: number;

/** A ledger whose form breaks while it is opened: within the transaction in which others are settled. */
const breaking = brokenLedger({
  intro() {
    opened += 1;
    if (opened >= breaksFrom) throw new Error('the form is broken');
    return [];
  },
});

let bureau: Bureau;
let platform: StandInPlatform;
let other: Store;
let warned: string[];
let people: string[];

beforeEach(async () => {
  [opened, breaksFrom] = [0, Number.POSITIVE_INFINITY];
  warned = [];
  platform = new StandInPlatform();
  const log = pino({ level: 'warn' }, { write: (line) => void warned.push(JSON.parse(line).msg) });
  const all = [...ledgers, breaking];
  bureau = await openBureau({
    world: { now: () => new Date(START), log, ledgers: all, platforms: [platform.setting] },
  });
  await bureau.service.idle();
  other = await openStore(bureau.environment, all);
  people = (await other.database.rows.person.findMany({ take: 6 })).map(({ id }) => id);
});

afterEach(async () => {
  await bureau.service.stop();
  await other.database.close();
  await bureau.close();
});

/** Each says his own at once. @returns what each was answered since */
async function allSay(...texts: string[]): Promise<string[][]> {
  const before = people.map((id) => platform.window(id).length);
  const messages = texts.map((text, index) =>
    inbound({
      key: `together-${index}-${text}`,
      account: people[index] ?? '',
      text,
      at: new Date(Date.parse(START) + index),
    }),
  );
  await Promise.all(messages.map((message) => platform.receiver.message(message)));
  await bureau.service.idle();
  return texts.map((_, index) =>
    platform
      .window(people[index] ?? '')
      .slice(before[index])
      .map(readable),
  );
}

const ALONE = 'messages are settled one by one: one of them met a fault';

describe('commands that are settled in one transaction', () => {
  it('lose nothing by one of them that meets a fault: it is answered with the fixed line, each other once', async () => {
    breaksFrom = 1;
    const answers = await allSay('我要报告', '示例故障', '我要报告', '我要报告');
    expect(warned).toContain(ALONE);
    expect(answers.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    expect(answers.map(([said = '']) => FIXED_LINE.test(said))).toEqual([false, true, false, false]);
    const { rows } = other.database;
    // A form for each that was answered with one, and none of what was undone.
    expect(await rows.draft.count()).toBe(3);
    expect(await rows.inbox.count()).toBe(0);
    expect((await verify(rows, [], other.keys)).problems).toEqual([]);
  });

  it('stay together where one is refused: what it is told is its own', async () => {
    const answers = await allSay('我要报告', '签收 Z9-9-9', '示例故障', '签收 Z1-1-1');
    expect(warned).not.toContain(ALONE);
    expect(answers.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    expect(answers[1]?.[0]).toContain('Z9-9-9');
    expect(await other.database.rows.draft.count()).toBe(2);
  });

  it('are settled at the next start where the process ended in the middle, each once', async () => {
    await bureau.service.stop();
    const messages = people.map((account, index) =>
      inbound({ key: `left-${index}`, account, text: '我要报告', at: new Date(Date.parse(START) + index) }),
    );
    for (const message of messages)
      await other.database.rows.inbox.create({
        data: {
          key: message.key,
          receivedAt: message.at,
          attempts: message.key === 'left-0' ? 1 : 0,
          sealed: other.keys.seal(message, `inbox/${message.key}`),
        },
      });
    await bureau.restart();
    await bureau.service.idle();
    expect(people.map((id) => platform.window(id).length)).toEqual(people.map(() => 1));
    expect(await other.database.rows.draft.count()).toBe(people.length);
    expect(await other.database.rows.inbox.count()).toBe(0);
  });
});
