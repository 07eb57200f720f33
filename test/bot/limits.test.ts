import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readable } from '../harness.ts';
import { openOnStandIn, StandInBureau } from './stand-in-bureau.ts';
import { inbound, STAND_IN } from './stand-in-platform.ts';

const FLOODER = '林砚秋';
const OTHER = '许星阑';
const MINUTE_MS = 60_000;
const RULES = 'limits: { messagesPerMinute: 5, waiting: 8 }';

/** The sample bureau; each test has accounts of its own. */
let house: StandInBureau;
let flooder: string;
let other: string;

beforeAll(async () => {
  house = new StandInBureau(await openOnStandIn({ platform: { accounts: 'bound' }, rules: RULES }));
});
afterAll(() => house.close());

beforeEach(async ({ task }) => {
  flooder = `flooder of ${task.id}`;
  other = `other of ${task.id}`;
  const bind = (externalId: string, name: string) => ({
    platform: STAND_IN,
    externalId,
    personId: house.idOf(name),
  });
  const data = [bind(flooder, FLOODER), bind(other, OTHER)];
  await house.other.database.write((rows) => rows.account.createMany({ data }));
  // The library that counts reads the clock itself; nothing else is held here.
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const said = (account: string, key: string, more: object = {}) =>
  inbound({ key: `${key} of ${account}`, account, text: '帮助', at: new Date(house.time), ...more });
const comes = (account: string, key: string, more: object = {}) =>
  house.platform.receiver.message(said(account, key, more));
const press = (account: string, key: string) =>
  house.platform.receiver.action(said(account, key, { kind: 'action' }));
const seenBy = (account: string) => house.platform.window(account).map(readable);
const answersTo = (account: string) => seenBy(account).filter((each) => each.includes('我能帮您做什么'));
const told = (account: string) => seenBy(account).filter((each) => each.includes('一分钟内'));
const settledOf = (account: string) =>
  house.other.database.rows.request.count({ where: { key: { contains: account } } });
const many = async (account: string, count: number, name = 'flood') => {
  for (let index = 0; index < count; index += 1) await comes(account, `${name}-${index}`);
  await house.settle();
};

describe('one person who floods', () => {
  it('is answered up to the limit, is told once how long to wait, and keeps nobody else from an answer', async () => {
    await many(flooder, 100);
    expect(answersTo(flooder)).toHaveLength(5);
    expect(told(flooder)).toEqual([
      expect.stringMatching(/^您一分钟内发来的消息和操作超过 5 次，多出的没有处理.*请等 \d+ 秒后再发。$/u),
    ]);
    await comes(other, 'b');
    await house.settle();
    expect(answersTo(other)).toHaveLength(1);
    expect(told(other)).toEqual([]);
    expect(await settledOf(flooder)).toBe(5);
  });

  it('is heard again when the minute is over, and is not told again as long as he goes on', async () => {
    await many(flooder, 20);
    vi.setSystemTime(Date.now() + MINUTE_MS);
    vi.setSystemTime(Date.now() - 1000);
    await many(flooder, 1, 'too-early');
    expect(answersTo(flooder)).toHaveLength(5);
    vi.setSystemTime(Date.now() + 2000);
    await many(flooder, 20, 'later');
    expect(answersTo(flooder)).toHaveLength(10);
    expect(told(flooder)).toHaveLength(1);
    vi.setSystemTime(Date.now() + 2 * MINUTE_MS);
    await many(flooder, 20, 'much-later');
    expect(answersTo(flooder)).toHaveLength(15);
    expect(told(flooder)).toHaveLength(2);
  });

  it('is told of each press that nothing was done', async () => {
    await many(flooder, 5);
    for (const key of ['x', 'y']) {
      expect(await press(flooder, key)).toEqual({
        toast: expect.stringMatching(/^操作太快：一分钟内超过 5 次，这一次没有生效。请等 \d+ 秒后再试。$/u),
        refused: true,
      });
    }
    expect(await press(other, 'z')).not.toHaveProperty('refused');
  });

  it('is told in his own chat what he was not answered in a group', async () => {
    for (let index = 0; index < 10; index += 1) await comes(flooder, `g-${index}`, { group: 'a-group' });
    await house.settle();
    expect(told(flooder)).toHaveLength(1);
    expect(told('a-group')).toEqual([]);
  });
});

it('what the platform brings again counts nothing, and what was refused stays refused', async () => {
  for (let times = 0; times < 20; times += 1) await comes(flooder, 'once');
  await many(flooder, 4);
  expect(answersTo(flooder)).toHaveLength(5);
  expect(told(flooder)).toEqual([]);
  await comes(flooder, 'too-many');
  vi.setSystemTime(Date.now() + 2 * MINUTE_MS);
  await comes(flooder, 'too-many');
  await house.settle();
  expect(answersTo(flooder)).toHaveLength(5);
  expect(told(flooder)).toHaveLength(1);
});

it('an account that is nobody’s is told no more than its answers', async () => {
  const stranger = 'a-stranger';
  await many(stranger, 20);
  expect(seenBy(stranger)).toHaveLength(5);
  expect(told(stranger)).toEqual([]);
});

it('what finds no room is not acknowledged, and is recorded once when it comes again', async () => {
  const people = Array.from({ length: 20 }, (_, index) => `somebody-${index}`);
  const first = await Promise.allSettled(people.map((account) => comes(account, 'said')));
  const refused = people.filter((_, index) => first[index]?.status === 'rejected');
  expect(first.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { name: 'Overfull', waitMs: 5000 },
  });
  expect(refused).toHaveLength(12);
  await house.settle();
  expect(await settledOf('somebody-')).toBe(8);
  for (const account of refused) await comes(account, 'said');
  for (const account of people) await comes(account, 'said');
  await house.settle();
  expect(await settledOf('somebody-')).toBe(20);
  expect(people.map((account) => seenBy(account).length)).toEqual(people.map(() => 1));
});
