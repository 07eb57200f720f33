import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openLane } from '../../bot/delivery.ts';
import type { ChatPlatform } from '../../bot/platform.ts';
import { claim, roomFor } from '../../ledger/claim-messages.ts';
import { text } from '../../ledger/message.ts';
import { enqueue } from '../../ledger/outbox.ts';
import type { Database, Rows } from '../../ledger/store.ts';
import { houseOver } from '../dialogue/talk.ts';
import { freshRecord } from '../fresh-record.ts';
import { readable, START } from '../harness.ts';
import { quietPlatform } from '../quiet-platform.ts';
import { gate } from './gate.ts';
import { STAND_IN } from './stand-in-platform.ts';

/** Answers in line, a platform that is slow where a test says so, and a lane between them. */
async function answersInLine() {
  const { store } = await freshRecord(new Date(START));
  const world = { time: Date.parse(START), isFull: false, isOurs: true, underWay: 0, most: 0 };
  const sent: string[] = [];
  const slow = new Map<string, Promise<void>>();
  const platform: ChatPlatform = {
    ...quietPlatform(STAND_IN),
    async send({ id, content }) {
      world.underWay += 1;
      world.most = Math.max(world.most, world.underWay);
      await (slow.get(readable(content)) ?? slow.get('all'));
      world.underWay -= 1;
      sent.push(readable(content));
      return { messageId: id };
    },
  };
  const write: Database['write'] = (work, options) =>
    world.isFull && options?.isOnlyProgress
      ? Promise.reject(Object.assign(new Error('full'), { code: 'P1008' }))
      : store.database.write(work, options);
  const lead = new Proxy(store.database.lead, {
    get: (own, name) => (name === 'isOurs' ? world.isOurs : Reflect.get(own, name, own)),
  });
  const database = { ...store.database, write, lead };
  const now = () => new Date(world.time);
  const house = { ...houseOver({ ...store, database }, now()), platforms: [platform], now };
  const put = (rows: Rows, to: string, line: string) =>
    enqueue(store, rows, now(), {
      ...{ key: line, personId: to, content: text(line), notBefore: now() },
      address: { platform: STAND_IN, externalId: to, isGroup: false },
    });
  return { store, world, sent, slow, put, lane: openLane(house, 'answers') };
}

type Line = Awaited<ReturnType<typeof answersInLine>>;

const waiting = ({ store }: Line) =>
  store.database.rows.outbox.findMany({ where: { state: 'waiting' }, orderBy: { key: 'asc' } });

/** Somebody took it and never came back; when his lease ends, another is under way. */
async function suspectBehind(line: Line, underWay: string): Promise<{ round: Promise<unknown> }> {
  const { store, world, put, lane } = line;
  await store.database.write((rows) => put(rows, 'x', 'suspect'));
  await claim(store, { lane: 'answers', now: new Date(world.time), room: roomFor(20) });
  const leaseMs = store.rules.delivery.leaseSeconds * 1000;
  world.time += leaseMs - 500;
  await store.database.write((rows) => put(rows, 'y', underWay));
  const round = lane.run().catch((fault: unknown) => fault);
  await expect.poll(() => world.underWay).toBe(1);
  world.time += 1000;
  await expect.poll(async () => (await waiting(line)).find(({ key }) => key === 'suspect')?.attempts).toBe(2);
  return { round };
}

it('an answer goes out once its transaction is committed, and not where that is undone', async () => {
  const { store, lane, put, sent } = await answersInLine();
  const undone = store.database.write(async (rows) => {
    await put(rows, 'x', 'undone');
    await lane.takeWith(rows);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await store.database.write(async (rows) => {
    await put(rows, 'x', 'one');
    await lane.takeWith(rows);
    expect(sent).toEqual([]);
  });
  await lane.run();
  expect(sent).toEqual(['one']);
  await lane.stop();
});

it('what was taken and may have gone out goes alone: an answer of the same person waits behind it', async () => {
  const line = await answersInLine();
  const { store, lane, put, sent, slow } = line;
  const hangs = gate();
  slow.set('other', hangs.opened);
  const { round } = await suspectBehind(line, 'other');
  await store.database.write(async (rows) => {
    await put(rows, 'x', 'after it');
    await lane.takeWith(rows);
  });
  await wait(50);
  expect(sent).toEqual([]);
  hangs.open();
  await round;
  await lane.run();
  expect(sent).toEqual(['other', 'suspect', 'after it']);
  await lane.stop();
});

it('what waits to go alone is given back where nothing can be noted meanwhile', async () => {
  const line = await answersInLine();
  const { lane, world, sent, slow } = line;
  const hangs = gate();
  slow.set('other', hangs.opened);
  const { round } = await suspectBehind(line, 'other');
  world.isFull = true;
  hangs.open();
  expect(await round).toMatchObject({ message: 'full' });
  world.isFull = false;
  const [, suspect] = await waiting(line);
  expect(suspect).toMatchObject({ key: 'suspect', attempts: 1, leaseUntil: null });
  await lane.run();
  expect(sent.at(-1)).toBe('suspect');
  await lane.stop();
});

it('no more are under way than the rules allow, whoever takes them', async () => {
  const { store, lane, put, slow, world } = await answersInLine();
  const hangs = gate();
  slow.set('all', hangs.opened);
  const { concurrency } = store.rules.delivery;
  await store.database.write(async (rows) => {
    for (let count = 0; count < 3 * concurrency; count++) await put(rows, `p${count}`, `line ${count}`);
  });
  // The round's own claim waits for its turn behind a transaction that takes.
  const taking = store.database.write(lane.takeWith);
  const round = lane.run();
  await taking;
  await expect.poll(() => world.underWay).toBe(concurrency);
  hangs.open();
  await round;
  expect(world.most).toBe(concurrency);
  await lane.stop();
});

it('who does not lead any more stops once what he has under way went out, and it stands in the record', async () => {
  const line = await answersInLine();
  const { store, lane, put, sent, slow, world } = line;
  const hangs = gate();
  slow.set('all', hangs.opened);
  await store.database.write(async (rows) => {
    await put(rows, 'x', 'one');
    await lane.takeWith(rows);
    world.isOurs = false;
  });
  await expect.poll(() => world.underWay).toBe(1);
  const stopped = lane.stop();
  await expect(Promise.race([stopped, wait(50, 'not yet')])).resolves.toBe('not yet');
  hangs.open();
  await stopped;
  expect(sent).toEqual(['one']);
  expect(await waiting(line)).toEqual([]);
});
