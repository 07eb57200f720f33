import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Somewhere that the operator, or a thief of his disks, can look. */
export interface Place {
  name: string;
  bytes: Buffer;
}

/** Every file below the folder. */
export async function filesIn(folder: string): Promise<Place[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((each) => each.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({ name, bytes: await readFile(join(parentPath, name)) })),
  );
}

/** `text` as it could stand in a file: in the encodings that programs use, and as they write it into others. */
function spellings(text: string): Map<string, Buffer> {
  const utf8 = Buffer.from(text, 'utf8');
  const utf16 = Buffer.from(text, 'utf16le');
  const escaped = [...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  return new Map([
    ['UTF-8', utf8],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
    ['percent', Buffer.from(encodeURIComponent(text))],
    ['\\u', Buffer.from(escaped)],
    ...[0, 1, 2].map((shift): [string, Buffer] => [`base64+${shift}`, insideBase64(utf8, shift)]),
  ]);
}

/** The part of its base64 that is the same whatever stands before and behind it. */
function insideBase64(bytes: Buffer, shift: number): Buffer {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return Buffer.from(whole.slice(shift === 0 ? 0 : shift + 1, -2));
}

/** Where `text` stands, in whatever spelling. */
export function placesOf(text: string, places: readonly Place[]): string[] {
  return [...spellings(text)].flatMap(([spelling, bytes]) =>
    places.filter((place) => place.bytes.includes(bytes)).map(({ name }) => `${name} (${spelling})`),
  );
}
