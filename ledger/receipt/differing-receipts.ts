import type { Rows } from '../store.ts';

/** Where the chain has a commitment. */
export interface Committed {
  seq: number;
  entryId: string | undefined;
  /** ISO 8601. */
  at: string;
}

/**
 * Compares the receipts that are kept with the commitments in the chain.
 * @param committed by commitment, hexadecimal
 * @returns sentences for the operator; none where they agree
 */
export async function differingReceipts(
  rows: Rows,
  committed: ReadonlyMap<string, Committed>,
): Promise<string[]> {
  const kept = await rows.receipt.findMany({
    select: { commitment: true, seq: true, entryId: true, givenAt: true },
  });
  const problems: string[] = [];
  const found = new Set<string>();
  for (const { commitment, seq, entryId, givenAt } of kept) {
    const hex = Buffer.from(commitment).toString('hex');
    const record = committed.get(hex);
    found.add(hex);
    if (!record) problems.push(`The receipt kept for record ${seq} is not in the chain`);
    else if (record.seq !== seq || record.entryId !== entryId || record.at !== givenAt.toISOString())
      problems.push(`The receipt kept for record ${seq} differs from record ${record.seq}`);
  }
  const lost = [...committed].filter(([hex]) => !found.has(hex));
  return [...problems, ...lost.map(([, { seq }]) => `The receipt of record ${seq} is no longer kept`)];
}
