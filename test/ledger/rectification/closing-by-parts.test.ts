import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import { applyForClosing, assign, say } from '../../jobs/at-work.ts';
import { openSampleRecord, type SampleRecord } from '../../sample-record.ts';

const AT = new Date('2026-11-23T01:00:00Z');

let record: SampleRecord;

beforeAll(async () => {
  record = await openSampleRecord(AT);
});

afterAll(() => record.close());

const entryOf = (ref: string) => record.store.database.rows.entry.findUniqueOrThrow({ where: { ref } });

/** From 指派 to 销号. */
async function close(ref: string): Promise<void> {
  const { store } = record;
  await assign(store, ref, { responsible: ['方远山'], dueOn: '2026-12-31', at: AT });
  await applyForClosing(store, '方远山', ref, AT);
  await say(store, '孟知行', ['审核通过', ref], AT);
  await say(store, '叶知秋', ['复核通过', ref], AT);
}

test('a problem is closed with the last of its measures, and the round with the last of its problems', async () => {
  const { rows } = record.store.database;
  await close('Z1-3-1');
  expect(await entryOf('Z1-3')).toMatchObject({ state: 'progressing', closedAt: null, version: 1 });
  await close('Z1-3-2');
  expect(await entryOf('Z1-3')).toMatchObject({ state: 'closed', closedAt: AT, version: 2 });
  expect(await entryOf('Z1')).toMatchObject({ state: 'progressing', closedAt: null });

  const left = await rows.entry.findMany({ where: { state: 'unassigned' }, orderBy: { position: 'asc' } });
  for (const { ref } of left) await close(ref);
  expect(await entryOf('Z1')).toMatchObject({ state: 'closed', closedAt: AT });
  expect(await rows.entry.count({ where: { closedAt: null } })).toBe(0);
  const byParts = { action: 'rectification.closed-by-parts' };
  expect(await rows.auditRecord.count({ where: byParts })).toBe(7);
  expect((await verify(rows)).problems).toEqual([]);
});
