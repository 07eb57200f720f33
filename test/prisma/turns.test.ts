import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Turns, turns } from '../../prisma/turns.ts';

let inTurn: Turns;
/** What began and ended, in order. */
let log: string[];

beforeEach(() => {
  inTurn = turns();
  log = [];
});

/** A piece of work that lets go of the thread in its middle. */
const piece = (name: string) => async () => {
  log.push(`${name} begins`);
  await wait(1);
  log.push(`${name} ends`);
  return name;
};
const begun = () => log.filter((line) => line.endsWith('begins')).map((line) => line.split(' ')[0]);
const take = (names: readonly string[], urgent: boolean) =>
  names.map((name) => inTurn.take(piece(name), urgent));

describe('work that is done in turn', () => {
  it('is done one piece at a time, in the order in which it came, and each gets its own result', async () => {
    expect(await Promise.all(take(['a', 'b', 'c'], false))).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(await inTurn.take(piece('d'), false)).toBe('d');
  });

  it('lets what is urgent go before what came earlier, once the piece under way is done', async () => {
    const others = take(['a', 'b', 'c'], false);
    const urgent = take(['u', 'v'], true);
    await Promise.all(urgent);
    expect(begun()).toEqual(['a', 'u', 'b', 'v']);
    await Promise.all(others);
    expect(begun()).toEqual(['a', 'u', 'b', 'v', 'c']);
  });

  it('lets every second piece be another, however much is urgent', async () => {
    const first = take(['first'], false);
    const urgent = take(['u1', 'u2', 'u3', 'u4', 'u5'], true);
    const others = take(['o1', 'o2'], false);
    await Promise.all([...first, ...urgent, ...others]);
    expect(begun()).toEqual(['first', 'u1', 'o1', 'u2', 'o2', 'u3', 'u4', 'u5']);
  });

  it('lets an urgent piece wait for one other at most, also when others come all the time', async () => {
    let left = 20;
    const comesAgain = async (): Promise<void> => {
      left -= 1;
      const next = left > 0 ? inTurn.take(comesAgain, false) : undefined;
      log.push(`other${left} begins`);
      await wait(1);
      void next;
    };
    const running = inTurn.take(comesAgain, false);
    await wait(2);
    const before = begun().length;
    await inTurn.take(piece('urgent'), true);
    expect(begun().indexOf('urgent') - before).toBeLessThanOrEqual(1);
    await running;
    await expect.poll(() => left).toBe(0);
  });

  it('is hurried for a second after something urgent came, and not by anything else', async () => {
    await Promise.all(take(['a', 'b'], false));
    expect(inTurn.isHurried()).toBe(false);
    await Promise.all(take(['u'], true));
    expect(inTurn.isHurried()).toBe(true);
    await expect.poll(() => inTurn.isHurried(), { timeout: 3000 }).toBe(false);
  });

  it('goes on after a piece that throws, which tells its own caller only', async () => {
    const fails = (message: string) => async (): Promise<void> => {
      throw new Error(message);
    };
    const done = await Promise.allSettled([
      inTurn.take(fails('one'), false),
      inTurn.take(piece('a'), false),
      inTurn.take(fails('two'), true),
      inTurn.take(piece('u'), true),
    ]);
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
    expect(done[0]).toMatchObject({ reason: { message: 'one' } });
    expect(done[2]).toMatchObject({ reason: { message: 'two' } });
    expect(await inTurn.take(piece('later'), false)).toBe('later');
  });

  it('gives the thread back between two pieces, so that the network is heard', async () => {
    const heard = new Promise<void>((resolve) => setImmediate(resolve)).then(() => log.push('heard'));
    const quick = (name: string) => inTurn.take(async () => void log.push(name), false);
    await Promise.all([quick('a'), quick('b'), quick('c'), heard]);
    expect(log.indexOf('heard')).toBeLessThan(log.indexOf('c'));
  });
});

describe('calm', () => {
  it('is at once where nothing urgent waits, whatever else is being done', async () => {
    const other = inTurn.take(piece('a'), false);
    await inTurn.calm();
    expect(log).not.toContain('a ends');
    await other;
  });

  it('waits for what is urgent, being done or in line, and for what becomes urgent meanwhile', async () => {
    const other = take(['a'], false);
    const urgent = take(['u'], true);
    const calm = inTurn.calm().then(() => log.push('calm'));
    const more = inTurn.take(async () => {
      take(['w'], true);
      await wait(1);
    }, true);
    await Promise.all([...other, ...urgent, more, calm]);
    expect(log.indexOf('calm')).toBeGreaterThan(log.indexOf('w ends'));
    expect(log.at(-1)).toBe('calm');
  });

  it('comes after an urgent piece that throws, for all who wait for it', async () => {
    const urgent = inTurn.take(async () => {
      await wait(1);
      throw new Error('no');
    }, true);
    const calm = Promise.all([inTurn.calm(), inTurn.calm()]);
    await expect(urgent).rejects.toThrow('no');
    await calm;
    await inTurn.calm();
  });
});
