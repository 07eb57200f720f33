import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findReceipts } from '../../../ledger/receipt/find-receipts.ts';
import { isSigned, readReceipt, writeReceipt } from '../../../ledger/receipt/signed-receipt.ts';
import { newSigningKey, openSigner } from '../../../ledger/receipt/signer.ts';

const signer = openSigner(newSigningKey());
const elsewhere = openSigner(newSigningKey());

const statements = fc.record({
  at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200-01-01T00:00:00Z') }),
  commitment: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes)),
});
const receipts = statements.map((statement) => writeReceipt(signer, statement));

/** What anybody who is handed the text would do with it. */
function isAccepted(text: string, by = signer): boolean {
  const receipt = readReceipt(text);
  return receipt !== undefined && isSigned(receipt, by.publicKey);
}

const bytesOf = (receipt: string) => Buffer.from(receipt.slice(4), 'base64url');
const textOf = (bytes: Uint8Array) => `QL1.${Buffer.from(bytes).toString('base64url')}`;

test('a receipt says again what it was given for, and is the same text each time', () => {
  fc.assert(
    fc.property(statements, (statement) => {
      const text = writeReceipt(signer, statement);
      expect(text).toMatch(/^QL1\.[\w-]{140}$/);
      expect(readReceipt(text)).toMatchObject(statement);
      expect(isAccepted(text)).toBe(true);
      expect(writeReceipt(signer, statement)).toBe(text);
    }),
  );
});

test('a receipt of another installation is not ours', () => {
  fc.assert(
    fc.property(statements, (statement) => {
      const text = writeReceipt(elsewhere, statement);
      expect(isAccepted(text, elsewhere)).toBe(true);
      expect(isAccepted(text)).toBe(false);
    }),
  );
});

test('a receipt with any bit turned is none', () => {
  const text = writeReceipt(signer, { at: new Date(1_764_000_000_123), commitment: new Uint8Array(32) });
  const bytes = bytesOf(text);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const turned = Uint8Array.from(bytes, (byte, index) =>
      index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
    );
    expect(isAccepted(textOf(turned)), `bit ${bit}`).toBe(false);
  }
});

test('a receipt with any character changed, put in or left out is none', () => {
  const anyCharacter = fc.oneof(
    fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(
      receipts,
      fc.nat(144),
      fc.nat(1),
      fc.oneof(anyCharacter, fc.constant('')),
      (text, at, length, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + length);
        fc.pre(changed !== text);
        expect(isAccepted(changed)).toBe(false);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a piece of a receipt, and halves of two, are none', () => {
  fc.assert(
    fc.property(receipts, receipts, fc.integer({ min: 5, max: 143 }), (one, other, cut) => {
      fc.pre(one !== other);
      expect(isAccepted(one.slice(0, cut))).toBe(false);
      expect(isAccepted(one.slice(cut))).toBe(false);
      const halves = one.slice(0, cut) + other.slice(cut);
      fc.pre(halves !== one && halves !== other);
      expect(isAccepted(halves)).toBe(false);
    }),
  );
});

test('a signature with the order of the curve added to its second half is none', () => {
  const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
  fc.assert(
    fc.property(receipts, (text) => {
      const bytes = bytesOf(text);
      const half = bytes.subarray(73);
      let sum = ORDER;
      for (const [index, byte] of half.entries()) sum += BigInt(byte) << BigInt(8 * index);
      for (const index of half.keys()) half[index] = Number((sum >> BigInt(8 * index)) & 0xffn);
      expect(isAccepted(textOf(bytes))).toBe(false);
    }),
  );
});

test('whatever bytes and texts are handed in, nothing is thrown and nothing taken for ours', () => {
  const bytes = fc.uint8Array({ minLength: 105, maxLength: 105 });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), bytes.map(textOf)), (text) => {
      expect(isAccepted(text)).toBe(false);
      for (const found of findReceipts(`${text} ${text}`)) expect(isAccepted(found)).toBe(false);
    }),
  );
});
