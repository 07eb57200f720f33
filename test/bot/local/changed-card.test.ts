import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bureau, type ChatMessage, lastFromBot, openBureau, readable } from '../../harness.ts';
import { LEADER, RESPONSIBLE, SUPERVISOR, TUESDAY } from '../cards-in-chats.ts';

let time = Date.parse(TUESDAY);
let local: Bureau;

beforeAll(async () => {
  local = await openBureau({ world: { now: () => new Date(time) } });
});
afterAll(() => local.close());

const changedSince = async (name: string, after: number, changedAfter?: Date) => {
  const anew = changedAfter ? `&changedAfter=${changedAfter.toISOString()}` : '';
  const path = `/chat/api/messages?person=${local.idOf(name)}&after=${after}${anew}`;
  return (await local.get(path)) as (ChatMessage & { changedAt?: string })[];
};

it('a card that was shown anew keeps its place, and only who asks for changes is given it', async () => {
  await local.say(SUPERVISOR, `指派 1-1 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`);
  const toLeader = lastFromBot(await local.read(LEADER));
  expect(readable(toLeader.content)).toContain('由您任责任领导');
  const before = new Date(time);
  time += 1000;
  await local.say(RESPONSIBLE, '签收 1-1');
  await local.service.idle();
  expect(await changedSince(LEADER, toLeader.seq)).toEqual([]);
  expect(await changedSince(LEADER, toLeader.seq, before)).toMatchObject([
    { seq: toLeader.seq, messageId: toLeader.messageId, changedAt: new Date(time).toISOString() },
  ]);
  const [changed] = await changedSince(LEADER, toLeader.seq, before);
  expect(changed && readable(changed.content)).toContain('最新状态：Z1-1-1「已签收」');
  expect(await changedSince(LEADER, toLeader.seq, new Date(time))).toEqual([]);
});
