import { expect, test } from 'vitest';
import { findReceipts, isMeantAsReceipt } from '../../../ledger/receipt/find-receipts.ts';
import { writeReceipt } from '../../../ledger/receipt/signed-receipt.ts';
import { newSigningKey, openSigner } from '../../../ledger/receipt/signer.ts';

const signer = openSigner(newSigningKey());
const given = (seconds: number) =>
  writeReceipt(signer, { at: new Date(seconds * 1000), commitment: new Uint8Array(32).fill(seconds) });
const RECEIPT = given(1);
const inLinesOf = (length: number, between: string) =>
  (RECEIPT.match(new RegExp(`.{1,${length}}`, 'g')) ?? []).join(between);
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

test.each([
  ['as it was given', RECEIPT],
  ['within a copied card', `已收到您的记录\n签名回执\n${RECEIPT}\n这段文字证明`],
  ['behind words without a space', `核验${RECEIPT}。`],
  ['broken into lines', inLinesOf(40, '\n')],
  ['broken into lines of a mail', inLinesOf(64, '\r\n  ')],
  ['with full-width letters', fullWidth(RECEIPT)],
  ['with what cannot be seen between its letters', inLinesOf(20, '\u200B')],
  ['before other letters in a new line', `${RECEIPT}\nABCD`],
  ['twice', `${RECEIPT}\n${RECEIPT}`],
])('a receipt is found %s', (_, text) => {
  expect(findReceipts(text)).toEqual([RECEIPT]);
});

test.each([
  ['in capitals', RECEIPT.toUpperCase().replace('QL1', 'ql1')],
  ['cut short', RECEIPT.slice(0, -1)],
  ['with a letter more', `${RECEIPT}A`],
  ['as the end of something longer', `A${RECEIPT}`],
  ['with a sign that is no letter in it', `${RECEIPT.slice(0, 50)}，${RECEIPT.slice(50)}`],
  ['of another version', RECEIPT.replace('QL1', 'QL2')],
])('a receipt is not found %s', (_, text) => {
  expect(findReceipts(text)).toEqual([]);
});

test('of several receipts each is found once, in their order', () => {
  expect(findReceipts([given(2), given(3), given(2)].join('\n\n'))).toEqual([given(2), given(3)]);
});

test('a damaged receipt is still known to be meant as one, and a number is not', () => {
  expect(isMeantAsReceipt(`核验 ${RECEIPT.slice(0, 30)}`)).toBe(true);
  expect(isMeantAsReceipt('核验 7KQ2-3FHM')).toBe(false);
});
