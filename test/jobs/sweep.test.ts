import { expect, test } from 'vitest';
import { sweep } from '../../jobs/sweep.ts';
import { openSampleRecord } from '../sample-record.ts';
import { saidBy } from './at-work.ts';

const BEGAN = new Date('2026-11-23T01:00:00Z');

test('what was settled is forgotten after a week, a form that was never sent after a month, and nothing else', async () => {
  const { store, close } = await openSampleRecord(BEGAN);
  const { rows } = store.database;
  const days = ['2026-11-23T19:00:00Z', '2026-11-24T18:59:59Z', '2026-11-24T19:00:00Z'];
  for (const day of days) await rows.request.create({ data: { key: day, settledAt: new Date(day) } });
  const opened = ['2026-11-01T18:59:59Z', '2026-11-01T19:00:00Z'];
  for (const day of opened) {
    const at = new Date(day);
    const draft = { personId: 'somebody', handler: 'file.intercession', subject: '', state: 'open' };
    await rows.draft.create({
      data: { ...draft, id: day, sealed: new Uint8Array([1]), openedAt: at, changedAt: at },
    });
  }
  const before = { entries: await rows.entry.count(), records: await rows.auditRecord.count() };
  expect(await saidBy(store, sweep, '2026-12-01T19:00:00Z')).toEqual([]);
  expect((await rows.request.findMany()).map(({ key }) => key)).toEqual(days.slice(2));
  expect((await rows.draft.findMany()).map(({ id }) => id)).toEqual(opened.slice(1));
  expect({ entries: await rows.entry.count(), records: await rows.auditRecord.count() }).toEqual(before);
  await close();
});
