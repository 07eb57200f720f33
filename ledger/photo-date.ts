/** Fields of EXIF 2.3 that name a time, the one that is preferred first: taken, made digital. */
const TAKEN = [0x9003, 0x9004];
/** Where the fields of the photograph stand, and when the file was last changed. */
const PHOTO_FIELDS = 0x8769;
const CHANGED = 0x0132;

/**
 * When the photograph was taken, by its camera's clock.
 * @param jpeg a whole JPEG file
 * @throws RangeError where its parts point outside of it
 */
export function photographedOn(jpeg: Buffer): string | undefined {
  const tiff = exifIn(jpeg);
  if (!tiff) return undefined;
  const read = byteOrder(tiff);
  const first = fieldsAt(read, read.long(4));
  const photo = first.get(PHOTO_FIELDS);
  const fields = photo === undefined ? new Map<number, number>() : fieldsAt(read, read.long(photo));
  const places = [...TAKEN.map((tag) => fields.get(tag)), first.get(CHANGED)];
  for (const place of places) {
    const date = place !== undefined && dateIn(tiff, read.long(place));
    if (date) return date;
  }
  return undefined;
}

/** The TIFF structure inside the file's EXIF segment, which stands before the picture. */
function exifIn(jpeg: Buffer): Buffer | undefined {
  let at = 2;
  while (jpeg.readUInt8(at) === 0xff) {
    const marker = jpeg.readUInt8(at + 1);
    // The picture begins: nothing about it stands behind.
    if (marker === 0xda) return undefined;
    const length = jpeg.readUInt16BE(at + 2);
    const isExif = marker === 0xe1 && jpeg.toString('latin1', at + 4, at + 10) === 'Exif\0\0';
    if (isExif) return jpeg.subarray(at + 10, at + 2 + length);
    at += 2 + length;
  }
  return undefined;
}

interface Reading {
  short(at: number): number;
  long(at: number): number;
}

function byteOrder(tiff: Buffer): Reading {
  return tiff.toString('latin1', 0, 2) === 'II'
    ? { short: (at) => tiff.readUInt16LE(at), long: (at) => tiff.readUInt32LE(at) }
    : { short: (at) => tiff.readUInt16BE(at), long: (at) => tiff.readUInt32BE(at) };
}

/** Each field's tag, and where its value stands. */
function fieldsAt({ short }: Reading, at: number): Map<number, number> {
  const count = short(at);
  const fields = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const field = at + 2 + index * 12;
    fields.set(short(field), field + 8);
  }
  return fields;
}

/** 「2026:11:23 09:00:00」 → 2026-11-23 */
function dateIn(tiff: Buffer, at: number): string | undefined {
  const [, year, month, day] = /^(\d{4}):(\d\d):(\d\d)/.exec(tiff.toString('latin1', at, at + 19)) ?? [];
  const on = `${year}-${month}-${day}`;
  return Number.isNaN(Date.parse(on)) ? undefined : on;
}
