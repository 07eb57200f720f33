import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { type Rotation, rotateKeys } from '../../../ledger/key-rotation.ts';
import { ledgers } from '../../../ledger/ledgers.ts';
import { removeKey } from '../../../ledger/remove-key.ts';
import type { Store } from '../../../ledger/store.ts';
import { openStore } from '../../../open-store.ts';
import { freshCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { openSampleRecord, personNamed, type SampleRecord } from '../../sample-record.ts';
import { flipped, reportIn } from '../audit/audited-record.ts';
import { filedKeys, keysThatSealed, madeOld } from './key-world.ts';

const AT = new Date('2026-11-25T02:00:00Z');
let record: SampleRecord;

freshCopies(
  async () => {
    const sample = await openSampleRecord(new Date('2026-11-23T01:00:00Z'));
    const reporter = await personNamed(sample.store, '许星阑');
    await fileReport(sample.store, reporter, AT, { intercessorName: '孟知行' });
    return sample;
  },
  (copy) => {
    record = copy;
  },
);

const rotate = (store = record.store, say: (sentence: string) => void = () => undefined): Promise<Rotation> =>
  rotateKeys(store, { keyFile: record.environment.keyFile, at: AT, takenUpMs: 0, say });

/** Another program on the same record. */
async function alsoOpen(): Promise<Store> {
  const store = await openStore(record.environment, ledgers);
  onTestFinished(() => store.database.close());
  return store;
}

async function filed({ database, ...store }: Store): Promise<unknown> {
  const entries = entriesFor({ database, ...store }, database.rows, 'bureau');
  return Promise.all(
    (await entries.list({ ledger: 'intercession' })).map(async (entry) => {
      return [entry.ref, entries.read(entry).contents, await entries.history(entry)];
    }),
  );
}

/** Rotates and is killed at the sentence with this number. @returns whether it came to it */
async function isKilledAt(sentence: number): Promise<boolean> {
  let said = 0;
  const rotation = rotate(await alsoOpen(), () => {
    said += 1;
    if (said === sentence) throw new Error('killed');
  });
  return rotation.then(
    () => false,
    () => true,
  );
}

const problemsOf = async ({ database, keys }: Store) => (await verify(database.rows, [], keys)).problems;

describe('rotation', () => {
  test('leaves nothing under the old key, changes nothing that is said, and is in the audit trail', async () => {
    const before = await filed(record.store);
    const [old] = filedKeys(record).keys;
    const { current, retired, rewrapped, broken } = await rotate();
    expect({ retired, broken }).toEqual({ retired: [old?.id], broken: [] });
    expect(rewrapped).toBeGreaterThan(5);
    expect(await keysThatSealed(record.store)).toEqual([current]);
    expect(await filed(await alsoOpen())).toEqual(before);
    expect(await problemsOf(record.store)).toEqual([]);
    const acts = await record.store.database.rows.auditRecord.findMany({ where: { actor: 'command:key' } });
    expect(acts.map(({ action }) => action)).toEqual(['key.rotate', 'key.retire']);
  });

  test('is taken up by a program that runs beside it', async () => {
    const running = await alsoOpen();
    const mark = running.keys.mark('recusal/1');
    const { current } = await rotate();
    expect(running.keys.id).toBe(current);
    expect(running.keys.seal('x', 'entry/1').subarray(1, 5)).toEqual(
      Uint8Array.from(Buffer.from(current, 'hex')),
    );
    expect(running.keys.mark('recusal/1')).toBe(mark);
    expect(await filed(running)).toHaveLength(1);
  });

  test('goes on where it was killed, at whatever moment, with the same new key', async () => {
    const before = await filed(record.store);
    let kills = 0;
    for (let spoken = 1; await isKilledAt(spoken); spoken++) {
      kills += 1;
      const next = await alsoOpen();
      expect(await problemsOf(next)).toEqual([]);
      expect(await filed(next)).toEqual(before);
    }
    expect(kills).toBeGreaterThan(2);
    const { current, keys } = filedKeys(record);
    expect(keys.map(({ retiredAt }) => retiredAt)).toEqual([AT.toISOString(), undefined]);
    expect(await keysThatSealed(record.store)).toEqual([current]);
    expect(await problemsOf(record.store)).toEqual([]);
  });

  test('by two at once is one rotation', async () => {
    const both = await Promise.all([rotate(), rotate(await alsoOpen())]);
    expect(new Set(both.map(({ current }) => current)).size).toBe(1);
    expect(filedKeys(record).keys).toHaveLength(2);
    expect(await keysThatSealed(record.store)).toEqual([both[0].current]);
  });

  test('of a backup that was put back needs no further key', async () => {
    const backup = join(record.folder, 'backup.db');
    await record.store.database.copyTo(backup);
    const { current } = await rotate();
    const restored = await openStore({ ...record.environment, databaseUrl: `file:${backup}` }, ledgers);
    onTestFinished(() => restored.database.close());
    expect(await filed(restored)).toHaveLength(1);
    expect((await rotate(restored)).current).toBe(current);
    expect(await keysThatSealed(restored)).toEqual([current]);
  });

  test('leaves a value that does not open as it is, names its record, and does the others', async () => {
    const report = await reportIn(record.store.database.rows);
    const sealed = flipped(report.sealed ?? new Uint8Array(), 120);
    await record.store.database.write(({ entry }) =>
      entry.update({ where: { id: report.id }, data: { sealed } }),
    );
    const { current, broken } = await rotate();
    expect(broken).toEqual([`Entry ${report.ref}`]);
    expect(await keysThatSealed(record.store)).toEqual([current, filedKeys(record).keys[0]?.id].sort());
    expect(await problemsOf(record.store)).toEqual([
      `Entry ${report.ref} differs from its last record`,
      `Entry ${report.ref}: its sealed entry.sealed does not open: changed or moved`,
    ]);
    const old = filedKeys(record).keys[0]?.id ?? '';
    await expect(removeKey(record.store, record.environment.keyFile, old, AT)).rejects.toThrow(
      `Key ${old} was not removed: 1 value(s) of the database need it`,
    );
  });
});

test('what was sealed before there were data keys is read, rotated, and stays what the chain knows', async () => {
  const mark = record.store.keys.mark('recusal/1');
  // Marks of before were derived from the one key.
  await madeOld(record);
  const old = await alsoOpen();
  const derived = old.keys.mark('recusal/1');
  expect(derived).not.toBe(mark);
  const before = await filed(old);
  const chain = (await verify(old.database.rows)).problems.filter((problem) => problem.includes('differs'));
  const { current } = await rotate(old);
  expect(await keysThatSealed(old)).toEqual([current]);
  await removeKey(old, record.environment.keyFile, filedKeys(record).keys[0]?.id ?? '', AT);
  const restarted = await alsoOpen();
  expect(await filed(restarted)).toEqual(before);
  expect(restarted.keys.mark('recusal/1')).toBe(derived);
  // The test itself sealed behind the chain's back; rotation differs in nothing more.
  const after = (await verify(restarted.database.rows, [], restarted.keys)).problems;
  expect(after).toEqual(chain);
});

describe('a retired key', () => {
  test('is taken out only when it is retired, and nothing uses it', async () => {
    const { keyFile } = record.environment;
    const [old] = filedKeys(record).keys;
    const remove = (id = '') => removeKey(record.store, keyFile, id, AT);
    await expect(remove(old?.id)).rejects.toThrow('value(s) of the database need it');
    await expect(remove('00000000')).rejects.toThrow('has no key 00000000');
    const { current } = await rotate();
    await expect(remove(current)).rejects.toThrow('value(s) of the database need it');
    await remove(old?.id);
    expect(filedKeys(record).keys.map(({ id }) => id)).toEqual([current]);
    expect(await problemsOf(await alsoOpen())).toEqual([]);
  });

  test('that the database still needs stops the start in one sentence when it lacks', async () => {
    const { keyFile } = record.environment;
    await expect(
      rotate(record.store, (sentence) => {
        if (sentence.includes('seals from now on')) throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    const { current, keys } = filedKeys(record);
    const kept = keys.filter(({ id }) => id === current);
    await writeFile(keyFile, JSON.stringify({ current, keys: kept }), { mode: 0o600 });
    await expect(alsoOpen()).rejects.toThrow(
      `Key file ${keyFile} holds key ${current}, but the database needs key ${keys[0]?.id}`,
    );
    await rm(keyFile);
    await expect(alsoOpen()).rejects.toThrow(
      `Key file ${keyFile} is missing, and the database needs key ${keys[0]?.id}, ${current}: restore it`,
    );
  });
});

test('a value that names a key of nobody does not open', () => {
  const sealed = record.store.keys.seal('x', 'entry/1');
  sealed.set(randomBytes(4), 1);
  expect(() => record.store.keys.unseal(sealed, 'entry/1')).toThrow('sealed with key');
});
