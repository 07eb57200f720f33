import { expect, it } from 'vitest';
import type { Asking } from '../../handlers/define.ts';
import { handlersFor } from '../../handlers/index.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { entriesFor } from '../../ledger/entry.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import { operate } from '../../ledger/operation.ts';
import { freshRecord } from '../fresh-record.ts';
import { close } from '../ledger/rectification/at-closing.ts';
import { buildRound } from '../ledger/rectification/round-by-words.ts';
import { personNamed } from '../sample-record.ts';

const AT = new Date('2026-11-23T02:00:00Z');

it('「审定 全部」 writes one meeting down for all items that wait for it', async () => {
  const { store } = await freshRecord(AT);
  await buildRound(store, AT);
  await close(store, 'Z2-1', AT);
  await close(store, 'Z2-2-1', AT);
  const command = (word: string) => {
    const found = handlersFor(ledgers).find(({ words }) => words.includes(word));
    if (found?.kind !== 'command') throw new Error(`There is no word 「${word}」`);
    return found;
  };
  const confirm = command('审定');
  const { rows } = store.database;
  const person = await personNamed(store, '唐文澜');
  const asking: Asking = {
    ...{
      person,
      at: AT,
      today: store.calendar.dateOf(AT),
      store,
      rows,
      allowed: [],
      chats: [],
      platform: 'local',
    },
    directory: await readDirectory(rows),
    entries: entriesFor(store, rows, person),
    reveal: () => Promise.reject(new Error('Nothing is sealed here')),
  };
  const plan = await confirm.plan(asking, '全部');
  expect(plan.start).toEqual({ on: '2026-11-23' });
  const values = { ...plan.start, name: '局党组会第 21 次会议' };
  const said = await operate(store, { actor: person, at: AT }, (operation) =>
    confirm.decide(operation, person, plan.subject, values),
  );
  expect(said).toMatchObject({ title: '党组会已审定 Z2-1、Z2-2-1' });
  const closed = await rows.entry.findMany({ where: { ref: { startsWith: 'Z2' } }, orderBy: { ref: 'asc' } });
  expect(closed.map(({ ref, state }) => [ref, state])).toEqual(
    ['Z2', 'Z2-1', 'Z2-2', 'Z2-2-1'].map((ref) => [ref, 'closed']),
  );
  const objecting = await command('审定有异').plan(asking, 'Z2-1 会上未议此项');
  expect(objecting).toMatchObject({ confirm: true, given: { reason: '会上未议此项' } });
  expect(objecting.intro.join()).toContain(
    '局党组会第 21 次会议（2026-11-23）对 Z2-1 的审定登记和销号撤销，退回督查复核，并通知',
  );
});
