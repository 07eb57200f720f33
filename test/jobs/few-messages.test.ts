import { beforeEach, expect, test } from 'vitest';
import { gradedWarning } from '../../jobs/graded-warning.ts';
import { nilReturnAsk } from '../../jobs/nil-return-ask.ts';
import { weeklyCard } from '../../jobs/weekly-card.ts';
import { weeklySummary } from '../../jobs/weekly-summary.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { goOut, type InLine, inLine, post } from '../ledger/budget/posting.ts';
import { personNamed } from '../sample-record.ts';
import { assign, saidBy } from './at-work.ts';

const BEGAN = new Date('2026-11-23T01:00:00Z');
const [RESPONSIBLE, LEADER] = ['方远山', '孟知行'];

let store: Store;
freshCopies(BEGAN, (copy) => {
  store = copy.store;
});

const idOf = async (name: string) => (await personNamed(store, name)).id;
const now = async (name: string): Promise<InLine | undefined> =>
  (await inLine(store, await idOf(name))).at(-1);

/** Both were told three things on that day already. */
async function fill(at: string): Promise<void> {
  for (const name of [RESPONSIBLE, LEADER])
    for (const key of ['a', 'b', 'c'])
      await post(store, at, { key: `${key}-${name}`, personId: await idOf(name), title: key });
  await goOut(store, at);
}

const give = (dueOn: string) => assign(store, 'Z1-1-1', { responsible: [RESPONSIBLE], dueOn, at: BEGAN });

/** In a full week of December. */
beforeEach(() => fill('2026-12-07T02:00:00Z'));

test('a green warning of a full week comes on the next Monday, under the day on which it was said', async () => {
  await give('2026-12-30');
  await saidBy(store, gradedWarning, '2026-12-10T01:00:00Z');
  expect(await now(RESPONSIBLE)).toMatchObject({
    notBefore: '2026-12-14T08:00',
    says: ['整改时限预警（1 项）'],
    isCarried: true,
  });
});

test('a yellow one whose date is before then comes at once', async () => {
  await give('2026-12-13');
  await saidBy(store, gradedWarning, '2026-12-10T01:00:00Z');
  for (const name of [RESPONSIBLE, LEADER])
    expect(await now(name)).toMatchObject({
      notBefore: '2026-12-10T09:00',
      isCarried: false,
      isExempt: false,
    });
});

test('a red one comes at once and uses nothing up', async () => {
  await give('2026-12-08');
  await saidBy(store, gradedWarning, '2026-12-10T01:00:00Z');
  expect(await now(LEADER)).toMatchObject({ notBefore: '2026-12-10T09:00', isExempt: true });
});

test('the weekly card is never carried: it would ask for the week before', async () => {
  await give('2027-01-31');
  await saidBy(store, weeklyCard, '2026-12-10T01:30:00Z');
  expect(await now(RESPONSIBLE)).toMatchObject({ notBefore: '2026-12-10T09:30', isCarried: false });
});

test('the summary of a full week comes on Monday', async () => {
  await give('2027-01-31');
  await saidBy(store, weeklySummary, '2026-12-11T07:00:00Z');
  expect(await now(LEADER)).toMatchObject({ notBefore: '2026-12-14T08:00', isCarried: true });
});

test('the 零报告 is asked for at once where its last day is before the next Monday, else then', async () => {
  await saidBy(store, nilReturnAsk, '2026-12-10T01:40:00Z');
  // Asked late, it is due four workdays later.
  expect(await now(RESPONSIBLE)).toMatchObject({
    notBefore: '2026-12-14T08:00',
    says: ['零报告（2026年11月）'],
  });
});
