import { describe, expect, it } from 'vitest';
import { entriesFor } from '../../../../ledger/entry.ts';
import { itemData, type RectificationData } from '../../../../ledger/rectification/data.ts';
import type { Store } from '../../../../ledger/store.ts';
import { verifiedCopies } from '../../../fresh-record.ts';
import { say } from '../../../jobs/at-work.ts';
import { personNamed, takeMessages, takeStep } from '../../../sample-record.ts';
import { apply } from '../at-closing.ts';
import { giveEvidence } from '../give-evidence.ts';
import { openEvidence } from '../open-evidence.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const LATER = new Date('2026-11-23T03:00:00Z');
const REF = 'Z1-1-1';
const UNOPENED = (name: string, word: string) =>
  `${name} 2026-11-23 ${word}，自最近一份佐证附上后没有打开过佐证文件`;

let store: Store;
verifiedCopies(AT, (copy) => {
  store = copy.store;
});

async function found(): Promise<string[]> {
  const { data } = await store.database.rows.entry.findUniqueOrThrow({ where: { ref: REF } });
  return itemData(data as RectificationData).application?.signals?.map((signal) => signal.found) ?? [];
}

describe('a closing that was let pass', () => {
  it('without a file being opened is said so, to who decides next, and goes on', async () => {
    await apply(store, REF, AT);
    const person = await personNamed(store, '孟知行');
    await takeStep(store, { person, word: '审核通过', ref: REF, at: LATER });
    expect(await found()).toEqual([UNOPENED('孟知行', '审核通过')]);
    const told = JSON.stringify(await takeMessages(store));
    expect(told).toContain(UNOPENED('孟知行', '审核通过'));
    await say(store, '程一禾', ['复核通过', REF], LATER);
    expect(await found()).toEqual([UNOPENED('孟知行', '审核通过'), UNOPENED('程一禾', '复核通过')]);
  });

  it('by somebody who has opened one is not; whether another has, does not matter', async () => {
    await apply(store, REF, AT);
    await openEvidence(store, '孟知行', REF, LATER);
    await say(store, '孟知行', ['审核通过', REF], LATER);
    expect(await found()).toEqual([]);
    await say(store, '叶知秋', ['复核通过', REF], LATER);
    expect(await found()).toEqual([UNOPENED('叶知秋', '复核通过')]);
  });

  it('after a new file came, with only the former ones opened, is said so', async () => {
    await apply(store, REF, AT);
    await openEvidence(store, '孟知行', REF, LATER);
    await say(store, '孟知行', ['退回', REF], LATER, { reason: '示例' });
    const then = new Date('2026-11-23T04:00:00Z');
    await giveEvidence(store, '方远山', REF, then);
    await say(store, '方远山', ['申请销号', REF], then, { summary: '示例' });
    await say(store, '孟知行', ['审核通过', REF], then);
    expect(await found()).toEqual([UNOPENED('孟知行', '审核通过')]);
  });
});

it('who brings the files reads his own, and that is not recorded; of others once a day', async () => {
  await apply(store, REF, AT);
  for (const name of ['方远山', '孟知行', '孟知行', '程一禾']) await openEvidence(store, name, REF, LATER);
  const { readings } = await entriesFor(store, store.database.rows, 'bureau').readings(REF);
  const ids = await Promise.all(
    ['孟知行', '程一禾'].map(async (name) => (await personNamed(store, name)).id),
  );
  expect(readings.map(({ personId }) => personId)).toEqual(ids);
});
