import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import type { Row, Rows } from '../../../prisma/database.ts';
import { personNamed, takeStep } from '../../sample-record.ts';
import {
  type AuditedRecord,
  afterTampering,
  filingIn,
  flipped,
  LATER,
  notedIn,
  openAuditedRecord,
  recordAt,
  WORKED,
} from './audited-record.ts';

let audited: AuditedRecord;

beforeAll(async () => {
  audited = await openAuditedRecord();
});

afterAll(() => audited.close());

test('a record that nobody touched holds, also against the head in the digest', async () => {
  const result = await verify(audited.record.store.database.rows, [audited.headInDigest]);
  expect(result).toMatchObject({ records: audited.records, problems: [] });
  expect(result.brokenAt).toBeUndefined();
  expect((await verify(audited.earlier.store.database.rows)).problems).toEqual([]);
});

describe('a changed record is named with its number', () => {
  test('any single byte of any body', async () => {
    const { rows } = audited.record.store.database;
    const all = await rows.auditRecord.findMany({ orderBy: { seq: 'asc' } });
    const change = fc.record({
      record: fc.constantFrom(...all),
      place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      by: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ record: { seq, body }, place, by }) => {
        const offset = Math.floor(place * body.length);
        await rows.auditRecord.update({ where: { seq }, data: { body: flipped(body, offset, by) } });
        const { brokenAt, problems } = await verify(rows);
        await rows.auditRecord.update({ where: { seq }, data: { body: new Uint8Array(body) } });
        expect({ brokenAt, first: problems[0] }).toEqual({
          brokenAt: seq,
          first: `Record ${seq}: its bytes do not give its hash`,
        });
      }),
      { numRuns: 60 },
    );
    expect((await verify(rows)).problems).toEqual([]);
  });

  const columns: Record<string, Partial<Row.AuditRecordModel>> = {
    at: { at: new Date('2026-11-25T02:00:00.001Z') },
    actor: { actor: 'job:sweep' },
    action: { action: 'intercession.withdraw' },
    entryId: { entryId: null },
  };

  test.each(Object.entries(columns))('its column %s', async (column, data) => {
    let seq = 0;
    const result = await afterTampering(audited.record, async (rows) => {
      seq = (await filingIn(rows)).seq;
      await rows.auditRecord.update({ where: { seq }, data: data as { actor: string } });
    });
    expect(result.brokenAt).toBe(seq);
    expect(result.problems).toContain(`Record ${seq}: its column ${column} differs from its bytes`);
  });

  test('a byte of its hash', async () => {
    const result = await afterTampering(audited.record, async (rows) => {
      const { hash } = await recordAt(rows, 30);
      await rows.auditRecord.update({ where: { seq: 30 }, data: { hash: flipped(hash, 31) } });
    });
    expect(result.brokenAt).toBe(30);
  });

  test.each([
    ['a byte of it', (sealed: Uint8Array) => flipped(sealed, sealed.length - 1)],
    ['all of it', () => new Uint8Array([1, 2, 3])],
  ])('its sealed note, %s: what stands behind it is looked at too', async (_what, change) => {
    let seq = 0;
    const result = await afterTampering(audited.record, async (rows) => {
      const noted = await notedIn(rows);
      seq = noted.seq;
      const sealed = change(noted.sealed ?? new Uint8Array());
      await rows.auditRecord.update({ where: { seq }, data: { sealed } });
    });
    expect(result.problems).toEqual([`Record ${seq}: its column sealed differs from its bytes`]);
    expect(result.records).toBe(audited.records);
  });

  test('a body that was rewritten together with its hash', async () => {
    const result = await afterTampering(audited.record, async (rows) => {
      const { body } = await recordAt(rows, 30);
      const rewritten = Buffer.from(body).toString('utf8').replace('"actor":"', '"actor":"x');
      const bytes = new Uint8Array(Buffer.from(rewritten));
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const { actor } = JSON.parse(rewritten) as { actor: string };
      await rows.auditRecord.update({ where: { seq: 30 }, data: { body: bytes, hash, actor } });
    });
    expect(result).toMatchObject({ brokenAt: 31 });
    expect(result.problems).toContain('Record 31: it does not follow the record before it');
  });
});

describe('records that are out of place are named with their number', () => {
  test('a reordered pair', async () => {
    const result = await afterTampering(audited.record, async (rows) => {
      const [{ seq: _a, ...first }, { seq: _b, ...second }] = await Promise.all([
        recordAt(rows, 20),
        recordAt(rows, 21),
      ]);
      const bytes = (from: typeof first) => ({
        ...from,
        body: new Uint8Array(from.body),
        hash: new Uint8Array(from.hash),
        sealed: from.sealed && new Uint8Array(from.sealed),
      });
      await rows.auditRecord.update({ where: { seq: 20 }, data: bytes(second) });
      await rows.auditRecord.update({ where: { seq: 21 }, data: bytes(first) });
    });
    expect(result).toMatchObject({ records: 19, brokenAt: 20 });
  });

  test('a record left out', async () => {
    const result = await afterTampering(audited.record, (rows) =>
      rows.auditRecord.delete({ where: { seq: 20 } }),
    );
    expect(result).toMatchObject({ records: 19, brokenAt: 20 });
    expect(result.problems).toContain('Record 20: missing: the next record has number 21');
  });

  test('a record left out and those behind it moved up', async () => {
    const result = await afterTampering(audited.record, async (rows) => {
      await rows.auditRecord.delete({ where: { seq: 20 } });
      for (let seq = 21; seq <= audited.records; seq += 1) {
        await rows.auditRecord.update({ where: { seq }, data: { seq: seq - 1 } });
      }
    });
    expect(result).toMatchObject({ records: 19, brokenAt: 20 });
  });
});

describe('an end of the chain that was cut off or written anew is found', () => {
  const anchorOf = async () => {
    const { hash, givenAt } = await audited.record.store.database.rows.anchor.findFirstOrThrow();
    return { hash: new Uint8Array(hash), givenAt };
  };
  const cutOff = (rows: Rows) => rows.auditRecord.deleteMany({ where: { seq: { gt: audited.records - 2 } } });

  test('the last records removed, and the ledger left as it is', async () => {
    const result = await afterTampering(audited.record, cutOff);
    expect(result.brokenAt).toBeUndefined();
    expect(result.problems).toContain('Entry Z1-3-1 differs from its last record');
    expect(result.problems[0]).toMatch(/^Head [0-9a-f]{16}… given out by this bureau is not in the chain/);
  });

  test('everything put back to a time before the digest: its head is still among those given out', async () => {
    const anchor = await anchorOf();
    const result = await afterTampering(audited.earlier, (rows) => rows.anchor.create({ data: anchor }));
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]).toContain('given out by this bureau is not in the chain');
  });

  test('everything put back, and the head struck from those given out: the digest in the chat still tells', async () => {
    expect((await verify(audited.earlier.store.database.rows)).problems).toEqual([]);
    const { problems } = await verify(audited.earlier.store.database.rows, [audited.headInDigest]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('that was presented is not in the chain');
  });

  test('the end written anew with another story', async () => {
    const anchor = await anchorOf();
    const rewritten = await audited.earlier.copy();
    try {
      const person = await personNamed(rewritten.store, '方远山');
      const values = { text: '没有进展' };
      await takeStep(rewritten.store, { person, word: '进展', ref: 'Z1-3-1', at: WORKED, values });
      await takeStep(rewritten.store, { person, word: '按计划', ref: 'Z1-3-1', at: LATER });
      const { rows } = rewritten.store.database;
      expect((await verify(rows)).problems).toEqual([]);
      expect((await verify(rows, [audited.headInDigest])).problems).toHaveLength(1);
      await rows.anchor.create({ data: anchor });
      expect((await verify(rows)).problems).toHaveLength(1);
    } finally {
      await rewritten.close();
    }
  });

  test.each([
    '',
    '  ',
    '0000',
    'not a head',
  ])('a head that is too short or none, 「%s」, is said to be none instead of passing', async (head) => {
    const { problems } = await verify(audited.record.store.database.rows, [head]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('expected at least 16 hexadecimal digits');
  });

  test('a head is found however its digits are spaced and written', async () => {
    const typed = audited.headInDigest.toUpperCase().replaceAll(' ', '\u3000');
    expect((await verify(audited.record.store.database.rows, [typed])).problems).toEqual([]);
  });
});
