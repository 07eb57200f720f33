import { expect, it } from 'vitest';
import { openInbox } from '../../bot/inbox.ts';
import { houseOver } from '../dialogue/talk.ts';
import { freshRecord } from '../fresh-record.ts';
import { START } from '../harness.ts';
import { inbound } from './stand-in-platform.ts';

const AT = new Date(START);
/** So many write at once, each the next message as soon as his last was acknowledged. */
const WRITERS = 10;

async function bureau() {
  const { store } = await freshRecord(AT);
  let settled = 0;
  let sent = 0;
  const inbox = openInbox(houseOver(store, AT), () => {
    settled += 1;
  });
  return {
    inbox,
    settled: () => settled,
    /** Resolves once all of them are acknowledged. */
    async wave() {
      const keys = Array.from({ length: WRITERS }, () => `local:crowd:${sent++}`);
      await Promise.all(keys.map((key) => inbox.take(inbound({ key, account: key, text: '帮助', at: AT }))));
    },
    left: () => store.database.rows.inbox.count(),
  };
}

it('is acknowledged before the first of it is settled, and all of it is settled then', async () => {
  const { inbox, settled, wave, left } = await bureau();
  for (let waves = 0; waves < 10; waves++) await wave();
  expect(settled()).toBe(0);
  expect(await left()).toBe(10 * WRITERS);
  await inbox.stop();
  expect(await left()).toBe(0);
});

it('keeps nobody waiting for his answer by going on for longer than a second', async () => {
  const { inbox, settled, wave, left } = await bureau();
  const begun = performance.now();
  while (settled() === 0 && performance.now() - begun < 10_000) await wave();
  expect(settled()).toBeGreaterThan(0);
  expect(performance.now() - begun).toBeGreaterThan(900);
  expect(performance.now() - begun).toBeLessThan(5000);
  await inbox.stop();
  expect(await left()).toBe(0);
});
