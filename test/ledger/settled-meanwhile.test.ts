import { expect, it } from 'vitest';
import { claim, endLeases, roomFor } from '../../ledger/claim-messages.ts';
import { text } from '../../ledger/message.ts';
import { enqueue, postpone, release, settleFailed, settleSent } from '../../ledger/outbox.ts';
import type { Store } from '../../ledger/store.ts';
import { freshRecord } from '../fresh-record.ts';

const NOW = new Date('2026-11-23T01:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

async function takenAt(store: Store, at: Date) {
  const [row] = (await claim(store, { lane: 'answers', now: at, room: roomFor(1) })).rows;
  if (!row) throw new Error('Nothing was due');
  return row;
}

/** Taken by one who is slower than his lease, and then by another. */
async function takenTwice(store: Store) {
  const address = { platform: 'local', externalId: 'a', isGroup: false };
  const said = { key: 'answer', personId: 'a', content: text('示例'), address, notBefore: NOW };
  await store.database.write((rows) => enqueue(store, rows, NOW, said));
  const first = await takenAt(store, NOW);
  const second = await takenAt(store, later(store.rules.delivery.leaseSeconds + 1));
  return { first, second };
}

const stands = ({ database }: Store) =>
  database.rows.outbox.findUniqueOrThrow({
    where: { key: 'answer' },
    select: { state: true, attempts: true, leaseUntil: true },
  });

it('a message that one sent stays sent, though another to whom it went over says that it failed', async () => {
  const { store } = await freshRecord(NOW);
  const { first, second } = await takenTwice(store);
  await settleSent(store, [{ row: first, went: { via: 'local', notBy: null, sentAt: NOW } }]);
  const sent = await stands(store);
  expect(sent).toMatchObject({ state: 'sent', attempts: 2 });
  await settleFailed(store, second, NOW, { reason: 'no answer', lasting: false, uncertain: true });
  await postpone(store, second, later(60), 'busy');
  await release(store, [second]);
  expect(await stands(store)).toEqual(sent);
});

it('who was too slow does not take it from whom it went over to', async () => {
  const { store } = await freshRecord(NOW);
  const { first, second } = await takenTwice(store);
  await settleFailed(store, first, NOW, { reason: 'no answer', lasting: false });
  await release(store, [first]);
  expect(await stands(store)).toMatchObject({ attempts: 2, leaseUntil: second.leaseUntil });
  await settleFailed(store, second, NOW, { reason: 'no answer', lasting: false });
  expect(await stands(store)).toMatchObject({ state: 'waiting', attempts: 2, leaseUntil: null });
});

it('a message is due at once where whoever took it has ended for certain, and it is known since when it may have gone out', async () => {
  const { store } = await freshRecord(NOW);
  const address = { platform: 'local', externalId: 'a', isGroup: false };
  const said = { key: 'answer', personId: 'a', content: text('示例'), address, notBefore: NOW };
  await store.database.write((rows) => enqueue(store, rows, NOW, said));
  await takenAt(store, NOW);
  await endLeases(store, later(5));
  const again = await claim(store, { lane: 'answers', now: later(5), room: roomFor(10) });
  expect(again).toMatchObject({ isSuspect: true, rows: [{ key: 'answer', attempts: 2, uncertainAt: NOW }] });
});
