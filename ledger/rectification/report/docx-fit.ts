import { inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localEntry = 0x04034b50;
const deflated = 8;
const tooBig = Symbol('too big');

/**
 * Whether a .docx may be unpacked: `too-big` where its text parts, together with whatever pictures grow by when
 * unpacked, take more than `limit` bytes. Found by unpacking within that limit, since the sizes that a zip states
 * about itself may be lies.
 */
export function docxFit(bytes: Uint8Array, limit: number): 'fits' | 'too-big' | 'damaged' {
  try {
    return weigh(bytes, limit) ? 'fits' : 'too-big';
  } catch {
    return 'damaged';
  }
}

function weigh(bytes: Uint8Array, limit: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let weight = 0;
  for (let entry = 0; entry < count; entry++) {
    const part = weightOf(bytes, view, at, limit - weight);
    if (part === tooBig) return false;
    weight += part;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return true;
}

/** The last 22 bytes of a zip, unless a comment of up to 65,535 bytes follows. */
function findEnd(view: DataView): number {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) === endOfDirectory) return at;
  }
  throw new Error('no zip directory');
}

function weightOf(bytes: Uint8Array, view: DataView, entry: number, limit: number): number | typeof tooBig {
  if (view.getUint32(entry, true) !== directoryEntry)
    throw new Error('no directory entry where one is stated');
  const packed = view.getUint32(entry + 20, true);
  const local = view.getUint32(entry + 42, true);
  if (view.getUint32(local, true) !== localEntry) throw new Error('no part where the directory says');
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const part = bytes.subarray(start, start + packed);
  const name = new TextDecoder().decode(
    bytes.subarray(entry + 46, entry + 46 + view.getUint16(entry + 28, true)),
  );
  const free = /\.(?:xml|rels)$/i.test(name) ? 0 : packed;
  const isDeflated = view.getUint16(entry + 10, true) === deflated && packed > 0;
  const size = isDeflated ? inflatedSize(part, limit + free) : packed;
  return size === tooBig || size > limit + free ? tooBig : Math.max(0, size - free);
}

function inflatedSize(part: Uint8Array, limit: number): number | typeof tooBig {
  try {
    return inflateRawSync(part, { maxOutputLength: limit + 1 }).length;
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      return tooBig;
    throw error;
  }
}
