import { inflateRawSync } from 'node:zlib';

/**
 * How many bytes a zip file (.xlsx, .docx) becomes when it is unpacked, or undefined where it is no plain zip file. Asked before a
 * library unpacks it: a few kilobytes can hold gigabytes. The sizes are those of the central directory, and each is tried against
 * the data, so that a directory that lies counts as damaged.
 * @param limit bytes; where the directory names more, its sum is returned and nothing is unpacked
 */
export function unpackedSize(zip: Uint8Array, limit: number): number | undefined {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  try {
    const entries = zipEntries(bytes);
    const sum = entries?.reduce((total, entry) => total + entry.unpacked, 0);
    if (entries === undefined || sum === undefined || sum > limit) return sum;
    return entries.every((entry) => isHonest(bytes, entry)) ? sum : undefined;
  } catch {
    // A read past the end, data that does not inflate, more data than declared: damaged, whatever the reason.
    return undefined;
  }
}

/** A file inside a zip file, as the central directory tells of it. */
export interface ZipEntry {
  name: string;
  method: number;
  packed: number;
  unpacked: number;
  offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * Every entry up to the end record: the number of entries that the record names is not what unpacking goes by. Nothing of it is
 * proved: `unpackedSize` does that.
 * @throws RangeError where the directory points outside of the file
 */
export function zipEntries(bytes: Buffer): ZipEntry[] | undefined {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(END_OF_DIRECTORY);
  const end = bytes.lastIndexOf(mark);
  if (end < 0) return undefined;
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  if (at + bytes.readUInt32LE(end + 12) !== end) return undefined;
  while (at < end) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return undefined;
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** The entry's bytes as they stand in the file; `isStored`: they are not packed. */
export function packedEntry(bytes: Buffer, entry: ZipEntry): { packed: Buffer; isStored: boolean } {
  const start =
    entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  return { packed: bytes.subarray(start, start + entry.packed), isStored: entry.method === STORED };
}

function isHonest(bytes: Buffer, entry: ZipEntry): boolean {
  if (bytes.readUInt32LE(entry.offset) !== LOCAL_ENTRY) return false;
  const { packed } = packedEntry(bytes, entry);
  if (entry.method === STORED) return packed.length === entry.unpacked;
  if (entry.method !== DEFLATED) return false;
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpacked) }).length === entry.unpacked;
}
