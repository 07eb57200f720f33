import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import { verify } from '../ledger/audit/verify.ts';
import { openSampleRecord, type SampleRecord } from './sample-record.ts';

/** What all tests of a file begin from: the sample bureau at a time, or a record that is opened for them. */
type Began = Date | (() => Promise<SampleRecord>);

/** Opens a record once, and begins each test with a copy of its own, which is closed after it. */
export function freshCopies(at: Began, begin: (copy: SampleRecord) => unknown): void {
  let began: SampleRecord;
  let copy: SampleRecord;
  beforeAll(async () => {
    began = await (at instanceof Date ? openSampleRecord(at) : at());
  });
  afterAll(() => began.close());
  beforeEach(async () => {
    copy = await began.copy();
    await begin(copy);
  });
  afterEach(() => copy.close());
}

/** The same; and whatever a test did, the audit trail holds after it, and every sealed value opens. */
export function verifiedCopies(at: Began, begin: (copy: SampleRecord) => unknown): void {
  let copy: SampleRecord;
  freshCopies(at, (fresh) => {
    copy = fresh;
    return begin(fresh);
  });
  // Of several such steps the last one is taken first: the record is still open.
  afterEach(async () => {
    const { database, keys } = copy.store;
    expect((await verify(database.rows, [], keys)).problems).toEqual([]);
  });
}

/** The sample bureau for a test that begins at a time of its own, closed after it. */
export async function freshRecord(at: Date): Promise<SampleRecord> {
  const record = await openSampleRecord(at);
  onTestFinished(() => record.close());
  return record;
}
