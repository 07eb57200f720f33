import { describe, expect, onTestFinished, test } from 'vitest';
import { entriesFor } from '../../../ledger/entry.ts';
import { claimStale } from '../../../ledger/held-card.ts';
import { ledgers } from '../../../ledger/ledgers.ts';
import { operate } from '../../../ledger/operation.ts';
import { recuseAnew } from '../../../ledger/recuse-anew.ts';
import { Refusal } from '../../../ledger/refusal.ts';
import type { Store } from '../../../ledger/store.ts';
import { openStore } from '../../../open-store.ts';
import { freshCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { openSampleRecord, personNamed, type SampleRecord, takeStep } from '../../sample-record.ts';
import { flipped } from '../audit/audited-record.ts';

const AT = new Date('2026-11-25T02:00:00Z');
let record: SampleRecord;
let store: Store;
let told: string[];
let refs: string[];

freshCopies(
  async () => {
    const sample = await openSampleRecord(new Date('2026-11-23T01:00:00Z'));
    const reporter = await personNamed(sample.store, '许星阑');
    await fileReport(sample.store, reporter, AT, { intercessorName: '孟知行' });
    const later = new Date(AT.getTime() + 60_000);
    await fileReport(sample.store, reporter, later, { intercessorName: '某企业负责人' });
    return sample;
  },
  async (copy) => {
    record = copy;
    told = [];
    store = await openStore(record.environment, ledgers, {
      sealBroken: (name, why) => void told.push(`${name}: ${why}`),
    });
    onTestFinished(() => store.database.close());
    const entries = await entriesFor(store, store.database.rows, 'bureau').list({ ledger: 'intercession' });
    refs = entries.map(({ ref }) => ref);
  },
);

const spoil = async (ref: string | undefined) =>
  store.database.write(async ({ entry }) => {
    const { id, sealed } = await entry.findFirstOrThrow({ where: { ref: ref ?? '' } });
    await entry.update({ where: { id }, data: { sealed: flipped(sealed ?? new Uint8Array(), 150) } });
  });

describe('an entry whose seal is broken', () => {
  test('is refused by its number alone, and the operator is told; the others are read', async () => {
    await spoil(refs[0]);
    const entries = entriesFor(store, store.database.rows, 'bureau');
    const [broken, well] = await entries.list({ ledger: 'intercession' });
    if (!broken || !well) throw new Error('Two were filed');
    expect(entries.readable(broken)).toBeUndefined();
    expect(() => entries.read(broken)).toThrow(
      new Refusal('broken-seal', `${refs[0]} 内容无法打开，已告知管理员。`),
    );
    expect(entries.read(well).contents).toBeDefined();
    expect(new Set(told)).toEqual(new Set([`Entry ${refs[0]}: changed or moved`]));
  });

  test('keeps nobody from being recused from the others', async () => {
    const person = await personNamed(store, '孟知行');
    await store.database.write(({ recusal }) => recusal.deleteMany());
    await spoil(refs[1]);
    await operate(store, { actor: 'command:import-roster', at: AT }, recuseAnew);
    expect(told).toContain(`Entry ${refs[1]}: changed or moved`);
    const mark = store.keys.mark(`recusal/${person.id}`);
    const hidden = await store.database.rows.recusal.findMany({ where: { mark }, include: { entry: true } });
    expect(hidden.map(({ entry }) => entry.ref)).toEqual([refs[0]]);
  });

  test('cannot be moved, and what it says is not written over', async () => {
    await spoil(refs[0]);
    const before = await store.database.rows.entry.findUniqueOrThrow({ where: { ref: refs[0] ?? '' } });
    const person = await personNamed(store, '许星阑');
    const step = { person, word: '撤回', ref: refs[0] ?? '', at: AT, values: { reason: '记错了' } };
    await expect(takeStep(store, step)).rejects.toThrow('内容无法打开，已告知管理员');
    expect(await store.database.rows.entry.findUniqueOrThrow({ where: { ref: refs[0] ?? '' } })).toEqual(
      before,
    );
  });
});

test('a note that does not open leaves the other steps of the history', async () => {
  const entries = entriesFor(store, store.database.rows, 'bureau');
  const people = await Promise.all(['苏静宜', '方远山'].map((name) => personNamed(store, name)));
  const supervisor = await personNamed(store, '程一禾');
  const values = { leader: people[0]?.id, responsible: [people[1]?.id], dueOn: '2026-12-20' };
  await takeStep(store, { person: supervisor, word: '指派', ref: 'Z1-3-1', at: AT, values });
  const assigned = await entries.get('Z1-3-1');
  await store.database.write(async ({ auditRecord }) => {
    const noted = await auditRecord.findFirstOrThrow({
      where: { entryId: assigned.id, sealed: { not: null } },
      orderBy: { seq: 'desc' },
    });
    const sealed = flipped(noted.sealed ?? new Uint8Array(), 20);
    await auditRecord.update({ where: { seq: noted.seq }, data: { sealed } });
  });
  const history = await entries.history(assigned);
  expect(history.map(({ isBroken }) => isBroken === true)).toEqual([false, true]);
  expect(told).toHaveLength(1);
});

test('a card that does not open is let go, and the others are shown anew', async () => {
  const { id } = await personNamed(store, '程一禾');
  const kept = { content: { kind: 'text', text: 'x' }, shown: '' };
  const card = { platform: 'local', externalId: id, personId: id, line: null, sentAt: AT, staleAt: AT };
  const place = (messageId: string) => `card/local/${messageId}`;
  await store.database.write(async ({ heldCard }) => {
    const sealed = store.keys.seal(kept, place('well'));
    await heldCard.create({ data: { ...card, messageId: 'spoilt', sealed: flipped(sealed, 10) } });
    await heldCard.create({ data: { ...card, messageId: 'well', sealed } });
  });
  const claimed = await claimStale(store, AT, 10);
  expect(claimed.cards.map(({ row }) => row.messageId)).toEqual(['well']);
  expect(told).toEqual(['Card spoilt on local: changed or moved']);
  expect(await store.database.rows.heldCard.count()).toBe(1);
});
