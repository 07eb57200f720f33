import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openInbox } from '../../bot/inbox.ts';
import type { Database, Store } from '../../ledger/store.ts';
import { alone } from '../../prisma/lead.ts';
import { houseOver } from '../dialogue/talk.ts';
import { freshRecord } from '../fresh-record.ts';
import { START } from '../harness.ts';
import { inbound } from './stand-in-platform.ts';

const AT = new Date(START);
const COMMAND = '进展 Z1-1-1 示例：已征求意见';
/** So many write at once, each the next message as soon as his last was acknowledged. */
const WRITERS = 10;

/** @param commitMs how long each commit takes more than it does */
async function bureau(commitMs = 0) {
  const { store: quick } = await freshRecord(AT);
  const write: Database['write'] = (work, options) =>
    quick.database.write(async (rows) => {
      const result = await work(rows);
      if (commitMs > 0) await wait(commitMs);
      return result;
    }, options);
  const store: Store = { ...quick, database: { ...quick.database, write, lead: alone } };
  let settled = 0;
  let sent = 0;
  const inbox = openInbox(houseOver(store, AT), () => {
    settled += 1;
  });
  return {
    inbox,
    /** How often something was settled: one message, or several in one commit. */
    settled: () => settled,
    messagesSettled: () => store.database.rows.request.count(),
    /** Resolves once all of them are acknowledged. */
    async wave() {
      const keys = Array.from({ length: WRITERS }, () => `local:crowd:${sent++}`);
      await Promise.all(keys.map((key) => inbox.take(inbound({ key, account: key, text: COMMAND, at: AT }))));
    },
    left: () => store.database.rows.inbox.count(),
  };
}

it('is acknowledged before the first of it is settled, and all of it is settled then', async () => {
  const { inbox, settled, wave, left } = await bureau();
  for (let waves = 0; waves < 4; waves++) await wave();
  expect(settled()).toBe(0);
  expect(await left()).toBe(4 * WRITERS);
  await inbox.stop();
  expect(await left()).toBe(0);
});

it('keeps nobody waiting for his answer by going on for longer than two seconds', async () => {
  const { inbox, settled, wave, left } = await bureau();
  const begun = performance.now();
  while (settled() === 0 && performance.now() - begun < 10_000) await wave();
  expect(settled()).toBeGreaterThan(0);
  expect(performance.now() - begun).toBeGreaterThan(1900);
  expect(performance.now() - begun).toBeLessThan(8000);
  await inbox.idle();
  expect(await left()).toBe(0);
  await inbox.stop();
});

it('goes on for as long as it likes, and many are settled by each commit of a slow disk', async () => {
  const { inbox, settled, messagesSettled, wave, left } = await bureau(12);
  const begun = performance.now();
  while (performance.now() - begun < 4000) await wave();
  expect((await messagesSettled()) / settled()).toBeGreaterThan(5);
  await inbox.idle();
  expect(await left()).toBe(0);
  await inbox.stop();
});

it('does not keep the service from ending: what is left is settled at the next start', async () => {
  const { inbox, wave, left } = await bureau();
  let isOver = false;
  const crowd = (async () => {
    while (!isOver) await wave();
  })();
  await expect.poll(left).toBeGreaterThan(0);
  const begun = performance.now();
  await inbox.stop();
  expect(performance.now() - begun).toBeLessThan(9000);
  isOver = true;
  await crowd;
  expect(await left()).toBeGreaterThan(0);
});
