import { expect, onTestFinished, test } from 'vitest';
import { walkChain } from '../../../ledger/audit/walk-chain.ts';
import { rotateKeys } from '../../../ledger/key-rotation.ts';
import { commitmentOf, openingSchema } from '../../../ledger/receipt/commitment.ts';
import { flawsOf } from '../../../ledger/receipt/flaws.ts';
import { aboutReceipt, receiptText } from '../../../ledger/receipt/keep-receipt.ts';
import { isSigned, type Receipt, readReceipt } from '../../../ledger/receipt/signed-receipt.ts';
import type { Store } from '../../../ledger/store.ts';
import { openStore } from '../../../open-store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { personNamed, type SampleRecord, takeStep } from '../../sample-record.ts';
import { fileWithReceipt } from './given-receipts.ts';

const AT = new Date('2026-11-25T02:00:00.123Z');

let record: SampleRecord;
let store: Store;
verifiedCopies(new Date('2026-11-23T01:00:00Z'), (copy) => {
  record = copy;
  store = copy.store;
});

function read(text: string): Receipt {
  const receipt = readReceipt(text);
  if (!receipt) throw new Error(`${text} is no receipt`);
  return receipt;
}

const openingFor = async ({ commitment }: Receipt) => {
  const row = await store.database.rows.receipt.findUniqueOrThrow({ where: { commitment } });
  return openingSchema.parse(store.keys.unseal(row.sealed, aboutReceipt(commitment)));
};

test('a report is answered with a signed receipt, as text and to be drawn', async () => {
  const { card, text } = await fileWithReceipt(store, await personNamed(store, '许星阑'), AT);
  const section = card.sections.find(({ heading }) => heading === '签名回执');
  expect(section).toMatchObject({ qr: text });
  expect(section?.lines[0]).toBe(text);
  expect(read(text).at).toEqual(AT);
  expect(isSigned(read(text), store.signer.publicKey)).toBe(true);
});

test('the record of the filing commits to what was filed, and its salt stands nowhere in the clear', async () => {
  const { ref, text } = await fileWithReceipt(store, await personNamed(store, '许星阑'), AT, {
    content: '来电请求关照某某平台。',
  });
  const receipt = read(text);
  const { receipts } = await walkChain(store.database.rows);
  const inChain = receipts.get(Buffer.from(receipt.commitment).toString('hex'));
  expect(inChain).toMatchObject({ at: AT.toISOString() });
  const opening = await openingFor(receipt);
  expect(opening.over).toMatchObject({
    ledger: 'intercession',
    ref,
    at: AT.toISOString(),
    contents: { report: { content: '来电请求关照某某平台。' } },
  });
  expect(commitmentOf(opening)).toEqual(receipt.commitment);
  const guess = { ...opening, salt: '0'.repeat(64) };
  expect(commitmentOf(guess)).not.toEqual(receipt.commitment);
  const row = await store.database.rows.auditRecord.findUniqueOrThrow({ where: { seq: inChain?.seq ?? 0 } });
  expect(Buffer.from(row.body).toString('utf8')).not.toContain(opening.salt);
});

test('two filings at once get two receipts that have nothing but the signer in common', async () => {
  const [one, other] = await Promise.all(['许星阑', '林砚秋'].map((name) => personNamed(store, name)));
  if (!one || !other) throw new Error('The sample has changed');
  const given = await Promise.all([fileWithReceipt(store, one, AT), fileWithReceipt(store, other, AT)]);
  const receipts = given.map(({ text }) => read(text));
  expect(new Set(receipts.map(({ commitment }) => Buffer.from(commitment).toString('hex'))).size).toBe(2);
  for (const receipt of receipts) expect(isSigned(receipt, store.signer.publicKey)).toBe(true);
  const { receipts: inChain } = await walkChain(store.database.rows);
  expect(new Set([...inChain.values()].map(({ entryId }) => entryId)).size).toBe(2);
});

test('the same key signs after a new start', async () => {
  const { text } = await fileWithReceipt(store, await personNamed(store, '许星阑'), AT);
  const again = await openStore(record.environment, store.ledgers);
  expect(isSigned(read(text), again.signer.publicKey)).toBe(true);
  await again.database.close();
});

test('a receipt is the same after the entry went on', async () => {
  const reporter = await personNamed(store, '许星阑');
  const { ref, text } = await fileWithReceipt(store, reporter, AT);
  const person = await personNamed(store, '唐文澜');
  await takeStep(store, { person, word: '受理', ref, at: new Date(AT.getTime() + 60_000) });
  const kept = await store.database.rows.receipt.findMany();
  expect(kept.map(({ commitment }) => new Uint8Array(commitment))).toEqual([read(text).commitment]);
});

test('after the keys were rotated an old receipt still verifies, and a new one is signed by the same key', async () => {
  const reporter = await personNamed(store, '许星阑');
  const { ref, text } = await fileWithReceipt(store, reporter, AT);
  const { keyFile } = record.environment;
  const { retired } = await rotateKeys(store, { keyFile, at: AT, takenUpMs: 0, say: () => undefined });
  expect(retired).toHaveLength(1);
  const after = await openStore(record.environment, store.ledgers);
  onTestFinished(() => after.database.close());
  const { rows } = after.database;
  const { id } = await rows.entry.findUniqueOrThrow({ where: { ref } });
  expect(isSigned(read(text), after.signer.publicKey)).toBe(true);
  expect(await flawsOf(after, rows, id, read(text).at)).toEqual([]);
  expect(await receiptText(after, rows, id)).toBe(text);
  const { text: next } = await fileWithReceipt(after, reporter, new Date(AT.getTime() + 1));
  expect(isSigned(read(next), store.signer.publicKey)).toBe(true);
});
