import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gradedWarning } from '../../../jobs/graded-warning.ts';
import { runJob } from '../../../jobs/run.ts';
import { verify } from '../../../ledger/audit/verify.ts';
import type { Rows } from '../../../prisma/database.ts';
import {
  type AuditedRecord,
  afterTampering,
  entryAt,
  filingIn,
  flipped,
  LATER,
  openAuditedRecord,
  reportIn,
} from './audited-record.ts';

let audited: AuditedRecord;

beforeAll(async () => {
  audited = await openAuditedRecord();
});

afterAll(() => audited.close());

describe('an entry that was changed behind the chain is named', () => {
  const changes: Record<string, Parameters<Rows['entry']['update']>[0]['data']> = {
    title: { title: '改过的措施' },
    state: { state: 'closed' },
    dueOn: { dueOn: '2027-12-20' },
    closedAt: { closedAt: LATER },
    createdAt: { createdAt: new Date('2026-11-01T01:00:00Z') },
    changedAt: { changedAt: new Date('2026-11-01T01:00:00Z') },
    version: { version: 99 },
    position: { position: 1 },
    facets: { facets: { stage: 'award' } },
    departmentId: { department: { disconnect: true } },
    parentId: { parent: { disconnect: true } },
    data: { data: { level: 'measure', number: 1 } },
  };

  test.each(Object.entries(changes))('its %s', async (_, data) => {
    const result = await afterTampering(audited.record, (rows) =>
      rows.entry.update({ where: { ref: 'Z1-3-1' }, data }),
    );
    expect(result.problems).toEqual(['Entry Z1-3-1 differs from its last record']);
  });

  test('a byte of its sealed part', async () => {
    let ref = '';
    const result = await afterTampering(audited.record, async (rows) => {
      const report = await reportIn(rows);
      ref = report.ref;
      const sealed = flipped(report.sealed ?? new Uint8Array(), 100);
      await rows.entry.update({ where: { ref }, data: { sealed } });
    });
    expect(result.problems).toEqual([`Entry ${ref} differs from its last record`]);
  });

  test.each([
    ['one taken away', (rows: Rows, entryId: string) => rows.entryPerson.deleteMany({ where: { entryId } })],
    [
      'one given another part',
      (rows: Rows, entryId: string) =>
        rows.entryPerson.updateMany({ where: { entryId, part: 'responsible' }, data: { part: 'assistant' } }),
    ],
    [
      'one put in',
      async (rows: Rows, entryId: string) => {
        const { id: personId } = await rows.person.findFirstOrThrow({ where: { name: '何望舒' } });
        await rows.entryPerson.create({ data: { entryId, personId, part: 'leader' } });
      },
    ],
  ])('the people who take part in it: %s', async (_, tamper) => {
    const result = await afterTampering(audited.record, async (rows) =>
      tamper(rows, (await entryAt(rows, 'Z1-3-1')).id),
    );
    expect(result.problems).toEqual(['Entry Z1-3-1 differs from its last record']);
  });

  test('a recusal taken away, so that the person named could see it', async () => {
    const result = await afterTampering(audited.record, (rows) => rows.recusal.deleteMany());
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]).toMatch(/^Entry [0-9A-Z-]+ differs from its last record$/);
  });

  test('a recusal put in, so that somebody cannot see it any more', async () => {
    const result = await afterTampering(audited.record, async (rows) => {
      const { id } = await entryAt(rows, 'Z1-3-1');
      await rows.recusal.create({ data: { entryId: id, mark: 'forged' } });
    });
    expect(result.problems).toEqual(['Entry Z1-3-1 differs from its last record']);
  });

  test('an entry that was put in without a record', async () => {
    const result = await afterTampering(audited.record, async (rows) => {
      const { id: _, data, facets, ...measure } = await entryAt(rows, 'Z1-3-1');
      const forged = { ...measure, id: 'forged', ref: 'Z1-3-9', data: data ?? {}, facets: facets ?? {} };
      await rows.entry.create({ data: { ...forged, sealed: null } });
    });
    expect(result.problems).toEqual(['Entry Z1-3-9 has no record']);
  });

  test('an entry that was removed', async () => {
    const result = await afterTampering(audited.record, async (rows) => {
      const { id } = await reportIn(rows);
      await rows.entryPerson.deleteMany({ where: { entryId: id } });
      await rows.recusal.deleteMany({ where: { entryId: id } });
      await rows.receipt.deleteMany({ where: { entryId: id } });
      await rows.entry.delete({ where: { id } });
    });
    expect(result.brokenAt).toBe((await filingIn(audited.record.store.database.rows)).seq);
  });
});

describe('a person who was changed behind the chain is named', () => {
  const changes: Record<string, Parameters<Rows['person']['update']>[0]['data']> = {
    roles: { roles: ['supervisor', 'discipline'] },
    name: { name: '孟知行' },
    post: { post: '局长' },
    isHead: { isHead: true },
    active: { active: false },
  };

  test.each(Object.entries(changes))('his %s', async (_, data) => {
    const result = await afterTampering(audited.record, (rows) =>
      rows.person.update({ where: { staffNumber: 'S017' }, data }),
    );
    expect(result.problems).toEqual(['Person S017 differs from the last record']);
  });

  test('one who was moved to another department', async () => {
    const result = await afterTampering(audited.record, async (rows) => {
      const { id: departmentId } = await rows.department.findUniqueOrThrow({ where: { name: '办公室' } });
      await rows.person.update({ where: { staffNumber: 'S017' }, data: { departmentId } });
    });
    expect(result.problems).toEqual(['Person S017 differs from the last record']);
  });

  test('one who was put in, and one who was removed', async () => {
    let removed = '';
    const result = await afterTampering(audited.record, async (rows) => {
      const { id, roles, ...person } = await rows.person.findUniqueOrThrow({
        where: { staffNumber: 'S017' },
      });
      removed = id;
      await rows.person.delete({ where: { id } });
      await rows.person.create({
        data: { ...person, staffNumber: 'S099', id: 'forged', roles: roles ?? [] },
      });
    });
    expect(result.problems).toEqual([
      'Person S099 has no record',
      `The person ${removed} is in the chain but no longer in the ledger`,
    ]);
  });
});

test('messages, forms and what jobs remember may come and go: they are not the record', async () => {
  const result = await afterTampering(audited.record, async (rows) => {
    await rows.outbox.deleteMany();
    await rows.jobRun.deleteMany();
  });
  expect(result.problems).toEqual([]);
  const copy = await audited.record.copy();
  await runJob(copy.store, gradedWarning, LATER);
  expect((await verify(copy.store.database.rows)).records).toBe(audited.records);
  await copy.close();
});
