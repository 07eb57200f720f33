import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openChainPatrol } from '../../../ledger/audit/chain-patrol.ts';
import type { Rows } from '../../../prisma/database.ts';
import { type AuditedRecord, flipped, openAuditedRecord, recordAt } from './audited-record.ts';
import { rewriteChain } from './rewritten-chain.ts';

let audited: AuditedRecord;
beforeAll(async () => {
  audited = await openAuditedRecord();
});
afterAll(() => audited.close());

/** A copy of the record, and who walks it in pieces of ten. */
async function onPatrol() {
  const copy = await audited.record.copy();
  onTestFinished(() => copy.close());
  const { database } = copy.store;
  const patrol = openChainPatrol(database.rows, 10);
  const walkRound = async () => {
    const { rounds } = patrol.seen;
    while (patrol.seen.rounds === rounds && patrol.seen.brokenAt === undefined) await patrol.walkOn();
    return patrol.seen;
  };
  return { patrol, walkRound, tamper: (work: (rows: Rows) => Promise<unknown>) => database.write(work) };
}

describe('a chain that holds', () => {
  it('is walked to its end in pieces, and then again from its beginning', async () => {
    const { patrol, walkRound } = await onPatrol();
    expect(await patrol.walkOn()).toEqual({ at: 10, rounds: 0 });
    expect(await walkRound()).toEqual({ at: 0, rounds: 1 });
    expect(await patrol.walkOn()).toEqual({ at: 10, rounds: 1 });
    expect((await walkRound()).brokenAt).toBeUndefined();
  });
});

describe('a record that', () => {
  it.each([
    ['was changed', (rows: Rows) => changed(rows, 14)],
    ['was removed', (rows: Rows) => rows.auditRecord.delete({ where: { seq: 14 } })],
  ])('%s is found', async (_, work) => {
    const { walkRound, tamper } = await onPatrol();
    await tamper(work);
    expect(await walkRound()).toMatchObject({ rounds: 0, brokenAt: 14 });
  });

  it('was changed and mended again stays found', async () => {
    const { patrol, walkRound, tamper } = await onPatrol();
    await tamper((rows) => changed(rows, 14));
    await walkRound();
    await tamper((rows) => changed(rows, 14));
    expect((await patrol.walkOn()).brokenAt).toBe(14);
  });
});

describe('a chain that holds in itself', () => {
  it('and is not the one that was walked before is found at its former head', async () => {
    const { walkRound, tamper } = await onPatrol();
    await walkRound();
    await tamper((rows) => rewriteChain(rows, (body) => ({ ...body, salt: '0'.repeat(32) })));
    expect((await walkRound()).brokenAt).toBe(audited.records);
  });

  it('and lost its end is found', async () => {
    const { walkRound, tamper } = await onPatrol();
    await walkRound();
    await tamper((rows) => rows.auditRecord.deleteMany({ where: { seq: { gt: audited.records - 2 } } }));
    expect((await walkRound()).brokenAt).toBe(audited.records - 1);
  });

  it('and was rewritten before anybody walked it is not: that is for the heads that people keep', async () => {
    const { walkRound, tamper } = await onPatrol();
    await tamper((rows) => rewriteChain(rows, (body) => ({ ...body, salt: '0'.repeat(32) })));
    expect((await walkRound()).brokenAt).toBeUndefined();
  });
});

/** Twice the same change undoes itself. */
async function changed(rows: Rows, seq: number) {
  const { body } = await recordAt(rows, seq);
  return rows.auditRecord.update({ where: { seq }, data: { body: flipped(body, 20) } });
}
