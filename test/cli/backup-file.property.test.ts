import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BackupBroken, HEADER_BYTES, readHeader } from '../../ledger/backup/backup-header.ts';
import { openedPieces, sealedPieces, TAG_BYTES } from '../../ledger/backup/pieces.ts';
import { type SealingKeys, sealingKeys } from '../../ledger/key-ring.ts';
import { sealingKey } from '../../ledger/seal.ts';
import { runs } from '../chance.ts';

function keysOf(...masters: readonly Uint8Array[]): SealingKeys {
  const keys = masters.map(sealingKey);
  const current = keys.at(-1);
  if (!current) throw new Error('There is no ring without a key');
  const present = () => ({ keys, current });
  return sealingKeys({ present, anew: present });
}

const OURS = randomBytes(32);
const ours = keysOf(OURS);

async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const seal = (plain: Uint8Array, pieceBytes: number, keys = ours): Promise<Buffer> =>
  gathered(sealedPieces([plain], keys, pieceBytes));

/** As a reader of a file gets it: in parts that have nothing to do with the pieces. */
function* inParts(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}

const open = async (file: Uint8Array, keys = ours, part = 7): Promise<Buffer> =>
  gathered(
    openedPieces(
      readHeader(file.subarray(0, HEADER_BYTES)),
      inParts(file.subarray(HEADER_BYTES), part),
      keys,
    ),
  );

const content = fc.uint8Array({ maxLength: 200 });
const pieceLength = fc.integer({ min: 1, max: 64 });
const REFUSED = /^(?:its|it) /;

/** A backup of several pieces, and a change of it. */
const refuses = (change: (file: Buffer, pick: (below: number) => number, piece: number) => Uint8Array) =>
  fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 20, maxLength: 200 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
      async (plain, pieceBytes, picks) => {
        const file = await seal(plain, pieceBytes);
        const left = [...picks];
        const changed = change(
          Buffer.from(file),
          (below) => (left.pop() ?? 0) % below,
          pieceBytes + TAG_BYTES,
        );
        await expect(open(changed)).rejects.toThrow(REFUSED);
      },
    ),
    { numRuns: runs(40) },
  );

test('whatever was put into a backup comes out of it, however it is cut', () =>
  fc.assert(
    fc.asyncProperty(
      content,
      pieceLength,
      fc.integer({ min: 1, max: 300 }),
      async (plain, pieceBytes, part) => {
        const file = await seal(plain, pieceBytes);
        expect(await open(file, ours, part)).toEqual(Buffer.from(plain));
      },
    ),
    { numRuns: runs(40) },
  ));

test('a backup of which any single bit is another one is refused', () =>
  refuses((file, pick) => {
    const at = pick(file.length);
    file.writeUInt8(file.readUInt8(at) ^ (1 << pick(8)), at);
    return file;
  }));

test('every bit of the header is looked at', async () => {
  const file = await seal(Buffer.from('示例'), 4);
  for (let at = 0; at < HEADER_BYTES; at++) {
    const changed = Buffer.from(file);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    await expect(open(changed), `byte ${at}`).rejects.toThrow(REFUSED);
  }
});

test('a header that asks for pieces which would fill the memory is not believed', async () => {
  const file = await seal(Buffer.from('示例'), 4);
  for (const length of [0, 16 * 1024 * 1024 + 1, 0xffffffff]) {
    file.writeUInt32BE(length, 'Qinglian backup\n'.length + 1);
    expect(() => readHeader(file.subarray(0, HEADER_BYTES)), String(length)).toThrow(BackupBroken);
  }
});

test('a backup that was cut off anywhere is refused, also between two pieces', async () => {
  await refuses((file, pick) => file.subarray(0, pick(file.length)));
  await refuses((file, pick, piece) => {
    const whole = Math.ceil((file.length - HEADER_BYTES) / piece) - 1;
    return file.subarray(0, HEADER_BYTES + pick(whole) * piece);
  });
});

test('a backup to which anything was added is refused', async () => {
  await refuses((file, pick) => Buffer.concat([file, Buffer.alloc(1 + pick(60), pick(256))]));
  // A piece of its own, a second time.
  await refuses((file, pick, piece) => {
    const at = HEADER_BYTES + pick(2) * piece;
    return Buffer.concat([file, file.subarray(at, at + piece)]);
  });
});

test('a backup whose pieces stand in another order is refused', () =>
  refuses((file, _pick, piece) => {
    const [first, second] = [HEADER_BYTES, HEADER_BYTES + piece];
    return Buffer.concat([
      file.subarray(0, first),
      file.subarray(second, second + piece),
      file.subarray(first, second),
      file.subarray(second + piece),
    ]);
  }));

test('pieces of two backups under one key do not make a third', async () => {
  const [one, other] = await Promise.all([seal(Buffer.alloc(40, 'a'), 8), seal(Buffer.alloc(40, 'b'), 8)]);
  const at = HEADER_BYTES + 8 + TAG_BYTES;
  await expect(open(Buffer.concat([one.subarray(0, at), other.subarray(at)]))).rejects.toThrow(
    'its piece 2 is not what was written there',
  );
  const otherHead = Buffer.concat([one.subarray(0, HEADER_BYTES), other.subarray(HEADER_BYTES)]);
  await expect(open(otherHead)).rejects.toThrow('its piece 1 is not');
});

test('another key does not open a backup, and which one does is said', async () => {
  const file = await seal(Buffer.from('示例'), 4);
  const theirs = keysOf(randomBytes(32));
  await expect(open(file, theirs)).rejects.toThrow(
    `it needs key ${ours.id}, and the keys at hand are ${theirs.id}`,
  );
});

test('a key that was retired opens the backups of its time', async () => {
  const file = await seal(Buffer.from('示例'), 4);
  const rotated = keysOf(OURS, randomBytes(32));
  expect((await open(file, rotated)).toString()).toBe('示例');
  expect(readHeader(await seal(Buffer.from('示例'), 4, rotated)).keyId).toBe(rotated.id);
});

test('two backups of the same have no piece in common', async () => {
  const [one, other] = await Promise.all([seal(Buffer.alloc(64), 16), seal(Buffer.alloc(64), 16)]);
  const piecesOf = (file: Buffer) =>
    [...inParts(file.subarray(HEADER_BYTES), 16 + TAG_BYTES)].map((piece) =>
      Buffer.from(piece).toString('hex'),
    );
  const all = [...piecesOf(one), ...piecesOf(other)];
  expect(all).toHaveLength(8);
  expect(new Set(all).size).toBe(8);
});
