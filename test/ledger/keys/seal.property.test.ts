import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyIdOf, SealBroken, sealedDigest, sealingKey } from '../../../ledger/seal.ts';
import { ringOf, sealedDirectly } from './key-world.ts';

const master = randomBytes(32);
const old = sealingKey(master);
const next = sealingKey(randomBytes(32));
const before = ringOf(old);
const after = ringOf(old, next);
const afterwards = ringOf(next);

const plains = fc.uint8Array({ maxLength: 300 });
const places = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

/** The three forms of one value: as it was sealed once, as it is sealed now, and the first carried to another key. */
const formsOf = (plain: Uint8Array, about: string): Uint8Array[] => {
  const direct = sealedDirectly(master, plain, about);
  return [direct, before.sealBytes(plain, about), rewrapped(direct, about)];
};

const rewrapped = (sealed: Uint8Array, about: string): Uint8Array => {
  const anew = after.rewrapped(sealed, about);
  if (!anew) throw new Error('It is under the present key already');
  return anew;
};

describe('what is sealed', () => {
  test('opens as what it was, in its place and in no other', () => {
    fc.assert(
      fc.property(plains, places, places, (plain, about, elsewhere) => {
        for (const sealed of formsOf(plain, about)) {
          expect(after.unsealBytes(sealed, about)).toEqual(plain);
          if (elsewhere !== about) expect(() => after.unsealBytes(sealed, elsewhere)).toThrow(SealBroken);
        }
      }),
    );
  });

  test('does not open when any bit of it is flipped, nor when it is cut short or continued', () => {
    fc.assert(
      fc.property(plains, fc.nat(), fc.nat(7), fc.uint8Array({ minLength: 1 }), (plain, at, bit, more) => {
        for (const sealed of formsOf(plain, 'entry/1')) {
          const flipped = sealed.map((byte, index) =>
            index === at % sealed.length ? byte ^ (1 << bit) : byte,
          );
          expect(() => after.unsealBytes(flipped, 'entry/1')).toThrow(SealBroken);
          const cut = sealed.subarray(0, at % sealed.length);
          expect(() => after.unsealBytes(cut, 'entry/1')).toThrow(SealBroken);
          expect(() => after.unsealBytes(Buffer.concat([sealed, more]), 'entry/1')).toThrow(SealBroken);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('opens after rotation with the new key alone, and the digest that the chain knows stays', () => {
    fc.assert(
      fc.property(plains, places, (plain, about) => {
        for (const sealed of formsOf(plain, about).slice(0, 2)) {
          const anew = rewrapped(sealed, about);
          expect(keyIdOf(anew)).toBe(next.id);
          expect(afterwards.unsealBytes(anew, about)).toEqual(plain);
          expect(() => before.unsealBytes(anew, about)).toThrow(`sealed with key ${next.id}`);
          expect(sealedDigest(anew)).toEqual(sealedDigest(sealed));
          expect(after.rewrapped(anew, about)).toBeUndefined();
          const third = ringOf(next, sealingKey(randomBytes(32)));
          const again = third.rewrapped(anew, about) ?? new Uint8Array();
          expect(third.unsealBytes(again, about)).toEqual(plain);
          expect(sealedDigest(again)).toEqual(sealedDigest(sealed));
        }
      }),
    );
  });
});

test('equal values are sealed into bytes that have nothing in common, and differ in their digest', () => {
  const [one, two] = [before.seal('同一句话', 'entry/1'), before.seal('同一句话', 'entry/1')];
  expect(sealedDigest(one)).not.toEqual(sealedDigest(two));
  expect(Buffer.from(one.subarray(5, 65)).equals(two.subarray(5, 65))).toBe(false);
});

test('who has the keys cannot carry other bytes over under a digest that the chain knows', () => {
  const about = 'entry/1';
  const filed = rewrapped(sealedDirectly(master, Buffer.from('filed'), about), about);
  const forged = rewrapped(sealedDirectly(master, Buffer.from('other'), about), about);
  // The digest stands behind the wrapped data key; it is bound to the ciphertext behind it.
  forged.set(filed.subarray(65, 97), 65);
  expect(sealedDigest(forged)).toEqual(sealedDigest(filed));
  expect(() => after.unsealBytes(forged, about)).toThrow(SealBroken);
});

test('what does not open is not wrapped anew, and the error names the place and no content', () => {
  const sealed = before.seal('秘密', 'entry/1');
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  expect(() => after.rewrapped(sealed, 'entry/1')).toThrow(
    'Sealed content of entry/1 does not open: changed or moved',
  );
});

test('a key has 32 bytes', () => {
  expect(() => sealingKey(randomBytes(31))).toThrow('A key has 32 bytes, found 31');
});
