import { entryPage, type LastRecord, lastRecords } from '../../prisma/audit-pages.ts';
import type { Rows } from '../../prisma/database.ts';
import { entryDigest } from './digest.ts';
import { readBody } from './trail.ts';

const PAGE = 1000;

/**
 * Compares every entry with its last record. To be asked when the chain holds, and its columns are known to say what its
 * bytes say.
 * @returns sentences for the operator; none where they agree
 */
export async function differingEntries(rows: Rows): Promise<string[]> {
  const problems: string[] = [];
  const removed: string[] = [];
  for (let after = ''; ; ) {
    const page = await entryPage(rows, after, PAGE);
    const last = page.at(-1);
    // Behind the last entry there may be records of entries that are gone.
    const records = await lastRecords(rows, after, last?.id);
    const digests = new Map(records.map((record) => [record.entryId, digestIn(record)]));
    for (const entry of page) {
      const digest = digests.get(entry.id);
      if (digest === undefined) problems.push(`Entry ${entry.ref} has no record`);
      else if (digest !== entryDigest(entry))
        problems.push(`Entry ${entry.ref} differs from its last record`);
      digests.delete(entry.id);
    }
    for (const id of digests.keys())
      removed.push(`The entry ${id} is in the chain but no longer in the ledger`);
    if (!last) return [...problems, ...removed];
    after = last.id;
  }
}

const digestIn = ({ body }: LastRecord): string => readBody(body)?.subject?.digest ?? '';
