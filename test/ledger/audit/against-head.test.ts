import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import { type AuditedRecord, afterTampering, openAuditedRecord } from './audited-record.ts';
import { rewriteChain } from './rewritten-chain.ts';

let audited: AuditedRecord;
let heads: string[];

beforeAll(async () => {
  audited = await openAuditedRecord();
  heads = [audited.headInDigest];
});

afterAll(() => audited.close());

test('the head of a digest stands, with how much stood before it and since when', async () => {
  const { problems, standing } = await verify(audited.record.store.database.rows, heads);
  expect(problems).toEqual([]);
  const [found] = standing;
  expect(found?.head.slice(0, 32)).toBe(audited.headInDigest.replaceAll(' ', ''));
  // One step was taken after the digest.
  expect(found).toMatchObject({ records: audited.records - 1, at: '2026-11-25T02:00:00.000Z' });
});

test('a record before the head that was rewritten with the whole chain behind it, and all heads struck, is caught', async () => {
  const result = await afterTampering(
    audited.record,
    (rows) =>
      rewriteChain(rows, (body) => (body.seq === 5 ? { ...body, at: '2026-11-23T01:00:01.000Z' } : body)),
    heads,
  );
  expect(result.brokenAt).toBeUndefined();
  expect(result.standing).toEqual([]);
  expect(result.problems).toEqual([
    `Head ${audited.headInDigest.replaceAll(' ', '').slice(0, 16)}… that was presented is not in the chain: records were removed or rewritten`,
  ]);
});

test('a chain that was written anew word for word is the same, and stands', async () => {
  const result = await afterTampering(audited.record, (rows) => rewriteChain(rows, (body) => body), heads);
  expect(result.problems).toEqual([]);
  expect(result.standing).toHaveLength(1);
});

test('a record before the head that was changed alone is caught, though the head itself is kept', async () => {
  const change = { where: { seq: 5 }, data: { body: new Uint8Array(Buffer.from('{}')) } };
  const result = await afterTampering(audited.record, (rows) => rows.auditRecord.update(change), heads);
  expect(result.brokenAt).toBe(5);
  expect(result.standing).toEqual([]);
});

test('a tail that was removed up to before the head is caught; what came after it is the next head to tell', async () => {
  const upTo = (seq: number) => (rows: Parameters<typeof verify>[0]) =>
    rows.auditRecord.deleteMany({ where: { seq: { gt: seq } } });
  const before = await afterTampering(audited.record, upTo(audited.records - 2), heads);
  expect(before.standing).toEqual([]);
  const after = await afterTampering(audited.record, upTo(audited.records - 1), heads);
  expect(after.standing).toHaveLength(1);
  expect(after.problems).toContain('Entry Z1-3-1 differs from its last record');
});

test('an entry that was changed behind the chain is caught while the head stands', async () => {
  const change = { where: { ref: 'Z1-3-1' }, data: { dueOn: '2027-12-31' } };
  const result = await afterTampering(audited.record, (rows) => rows.entry.update(change), heads);
  expect(result.standing).toHaveLength(1);
  expect(result.problems).toEqual(['Entry Z1-3-1 differs from its last record']);
});

test('the beginning of every chain is no head: it would stand in all of them', async () => {
  const { problems, standing } = await verify(audited.record.store.database.rows, ['0'.repeat(32)]);
  expect(standing).toEqual([]);
  expect(problems).toHaveLength(1);
});
