import { expect, it } from 'vitest';
import { openStoring } from '../../bot/storing.ts';
import type { Database, Rows, Store } from '../../ledger/store.ts';
import { alone } from '../../prisma/lead.ts';
import { houseOver } from '../dialogue/talk.ts';
import { freshRecord } from '../fresh-record.ts';
import { START } from '../harness.ts';
import { inbound } from './stand-in-platform.ts';

const AT = new Date(START);
const COMMAND = '进展 Z1-1-1 示例';
const message = (key: string, text = '帮助') => inbound({ key, account: 'somebody', text, at: AT });
const settledSoon = { stored: () => undefined };
const aMomentLater = async (): Promise<void> => {
  for (let times = 0; times < 5; times++) await Promise.resolve();
};
const statuses = async (all: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(all)).map(({ status }) => status);

/** A record to which nothing can be written from when a test says so. */
async function recordThatFills() {
  const { store } = await freshRecord(AT);
  let isFull = false;
  const write: Database['write'] = (work, options) =>
    isFull ? Promise.reject(new Error('the disk is full')) : store.database.write(work, options);
  const database = { ...store.database, write };
  return {
    store: { ...store, database } satisfies Store,
    fill: () => {
      isFull = true;
    },
  };
}

const storedIn = async ({ database }: Store): Promise<string[]> =>
  (await database.rows.inbox.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key);

it('is not acknowledged to anybody where it fails, whoever came last into what was to be stored together', async () => {
  const { store, fill } = await recordThatFills();
  const storing = openStoring(houseOver(store, AT), () => false);
  fill();
  const first = storing.store(message('one'), settledSoon);
  await aMomentLater();
  const second = storing.store(message('two'), settledSoon);
  expect(await statuses([first, second])).toEqual(['rejected', 'rejected']);
  expect(await storedIn(store)).toEqual([]);
});

it('is not acknowledged where it came along with what was undone, and cannot be stored after it', async () => {
  const { store, fill } = await recordThatFills();
  const storing = openStoring(houseOver(store, AT), () => true);
  await storing.store(message('before'));
  let all: Promise<void>[] = [];
  const undone = store.database.write(async (rows) => {
    all = ['one', 'two', 'three'].map((key) => storing.store(message(key), settledSoon));
    await storing.comeAlong(rows);
    expect(storing.waiting).toBe(0);
    fill();
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await statuses(all)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await storedIn(store)).toEqual(['before']);
});

it('waits again where it came along with what was undone, is stored once, and in its place', async () => {
  const { store } = await freshRecord(AT);
  const storing = openStoring(houseOver(store, AT), () => true);
  let all: Promise<void>[] = [];
  const undone = store.database.write(async (rows: Rows) => {
    all = ['one', 'two'].map((key) => storing.store(message(key), settledSoon));
    await storing.comeAlong(rows);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await statuses(all)).toEqual(['fulfilled', 'fulfilled']);
  expect(await storedIn(store)).toEqual(['one', 'two']);
});

it('is acknowledged with the transaction that it came along with', async () => {
  const { store } = await freshRecord(AT);
  const storing = openStoring(houseOver(store, AT), () => true);
  const taken: string[] = [];
  let one: Promise<void> | undefined;
  await store.database.write(async (rows) => {
    one = storing.store(message('one'), { stored: () => void taken.push('one') });
    await storing.comeAlong(rows);
  });
  await one;
  expect(taken).toEqual(['one']);
  expect(await storedIn(store)).toEqual(['one']);
});

it('waits for the disk by itself where it shows something, which may take long, and with what settles it where it is a command', async () => {
  const { store } = await freshRecord(AT);
  const waits: string[] = [];
  const write: Database['write'] = (work, options) => {
    waits.push(options?.isOnlyProgress ? 'no' : 'yes');
    return store.database.write(work, options);
  };
  const kept: Database['kept'] = (withinMs) => {
    waits.push('kept');
    return store.database.kept(withinMs);
  };
  const database = { ...store.database, write, kept, lead: alone };
  const storing = openStoring(houseOver({ ...store, database }, AT), () => false);
  await storing.store(message('query'), settledSoon);
  expect(waits.splice(0)).toEqual(['yes']);
  await storing.store(message('command', COMMAND), settledSoon);
  expect(waits.splice(0)).toEqual(['no', 'kept']);
  await storing.store(message('for later', COMMAND));
  expect(waits).toEqual(['yes']);
});
