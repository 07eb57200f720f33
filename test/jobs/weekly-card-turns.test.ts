import { expect, test } from 'vitest';
import { fill } from '../../bench/weekly-data.ts';
import { runJob } from '../../jobs/run.ts';
import { weeklyCard } from '../../jobs/weekly-card.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { entriesFor } from '../../ledger/entry.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import { operate } from '../../ledger/operation.ts';
import { contentOf } from '../../ledger/outbox.ts';
import { AT_WORK } from '../../ledger/rectification/data.ts';
import { recusalMark } from '../../ledger/recusal.ts';
import type { Store } from '../../ledger/store.ts';
import { freshRecord } from '../fresh-record.ts';

const MONDAY = new Date('2026-11-23T01:30:00Z');

/** More people than one turn takes, each with one item at work and nine closed ones. */
async function largeBureau(): Promise<Store> {
  const { store } = await freshRecord(new Date('2026-11-20T01:00:00Z'));
  await fill(store, { entries: 1300, people: 130 });
  return store;
}

async function cards(store: Store) {
  const rows = await store.database.rows.outbox.findMany({ where: { key: { startsWith: 'weekly-card' } } });
  return rows.map((row) => ({ personId: row.personId, content: contentOf(store, row) }));
}

test('a bureau with more people than one turn takes gets each card once, with the lines of the list', async () => {
  const store = await largeBureau();
  expect(ledgers.map(({ name }) => name)).toContain('rectification');
  expect(await runJob(store, weeklyCard, MONDAY)).toBe(130);
  expect(await runJob(store, weeklyCard, MONDAY)).toBe(0);
  const sent = await cards(store);
  const { people } = await readDirectory(store.database.rows);
  for (const person of people.filter(({ name }) => name.startsWith('示例')).slice(0, 60)) {
    const own = sent.filter(({ personId }) => personId === person.id);
    expect(own).toHaveLength(1);
    const listed = await entriesFor(store, store.database.rows, person).list({ states: AT_WORK, leaf: true });
    expect(listed).toHaveLength(1);
    expect(JSON.stringify(own[0]?.content)).toContain(listed[0]?.ref);
  }
});

test('cut off after its first turn, it goes on with those who have no card yet', async () => {
  const store = await largeBureau();
  if (!('turn' in weeklyCard)) throw new Error('The weekly card is done in one go');
  const { turn } = weeklyCard;
  const isLeft = await operate(store, { actor: 'job:weekly-card', at: MONDAY }, turn);
  expect(isLeft).toBe(true);
  const first = (await cards(store)).length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(130);
  expect(await runJob(store, weeklyCard, new Date(MONDAY.getTime() + 60_000))).toBe(130 - first);
  expect(new Set((await cards(store)).map(({ personId }) => personId)).size).toBe(130);
});

test('an item that is hidden from who would answer for it stands on no card', async () => {
  const store = await largeBureau();
  await store.database.write((rows) =>
    rows.recusal.create({
      data: { entryId: 'entry-000000000', mark: recusalMark(store.keys, 'person-000000') },
    }),
  );
  expect(await runJob(store, weeklyCard, MONDAY)).toBe(129);
  expect((await cards(store)).map(({ personId }) => personId)).not.toContain('person-000000');
});
