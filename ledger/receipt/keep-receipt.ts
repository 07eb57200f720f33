import type { Rows, Store } from '../store.ts';
import { commitmentOf, type Opening } from './commitment.ts';
import { writeReceipt } from './signed-receipt.ts';

/** Keeps what a receipt promises beside the audit record that has its commitment. */
export async function keepReceipt(
  { keys }: Pick<Store, 'keys'>,
  rows: Rows,
  { entryId, seq, at, opening }: { entryId: string; seq: number; at: Date; opening: Opening },
): Promise<void> {
  const commitment = commitmentOf(opening);
  const sealed = keys.seal(opening, aboutReceipt(commitment));
  await rows.receipt.create({ data: { commitment, entryId, seq, sealed, givenAt: at } });
}

/** The place that a receipt's sealed part is bound to. */
export const aboutReceipt = (commitment: Uint8Array): string =>
  `receipt/${Buffer.from(commitment).toString('hex')}`;

/** The receipt that was given for an entry, the same text each time; `undefined` where none was. */
export async function receiptText(
  { signer }: Pick<Store, 'signer'>,
  rows: Rows,
  entryId: string,
): Promise<string | undefined> {
  const row = await rows.receipt.findFirst({ where: { entryId }, orderBy: { seq: 'asc' } });
  return row ? writeReceipt(signer, { at: row.givenAt, commitment: row.commitment }) : undefined;
}
