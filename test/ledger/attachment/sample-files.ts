import { deflateRawSync } from 'node:zlib';

/** Small files of each kind, as their first bytes make them. */
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const padded = (start: Buffer, length = 2048): Buffer => Buffer.concat([start, Buffer.alloc(length)]);

const PNG_START = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082',
  'hex',
);

export const png = (mark = ''): Buffer => Buffer.concat([PNG_START, ascii(mark)]);

export const jpg = (): Buffer => padded(Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'));
export const gif = (): Buffer => padded(ascii('GIF89a'));
export const webp = (): Buffer => padded(Buffer.concat([ascii('RIFF'), Buffer.alloc(4), ascii('WEBPVP8 ')]));
export const heic = (): Buffer =>
  padded(Buffer.concat([Buffer.from([0, 0, 0, 24]), ascii('ftypheic'), Buffer.alloc(4), ascii('mif1heic')]));
export const pdf = (): Buffer => padded(ascii('%PDF-1.7\n'));
export const amr = (): Buffer => padded(ascii('#!AMR\n'));
export const mp3 = (): Buffer =>
  padded(Buffer.concat([ascii('ID3'), Buffer.from([4, 0, 0, 0, 0, 0, 0, 0xff, 0xfb, 0x90, 0x00])]));
export const m4a = (): Buffer =>
  padded(Buffer.concat([Buffer.from([0, 0, 0, 24]), ascii('ftypM4A '), Buffer.alloc(4), ascii('M4A isom')]));
export const wav = (): Buffer => padded(Buffer.concat([ascii('RIFF'), Buffer.alloc(4), ascii('WAVEfmt ')]));
export const opus = (): Buffer => padded(Buffer.concat([ascii('OggS'), Buffer.alloc(24), ascii('OpusHead')]));
export const text = (): Buffer => Buffer.from('来电时间：下午三点。\n来电人：未报姓名。\n');

/** A compound file whose directory has one stream of that name. */
export function office(stream: string): Buffer {
  const file = Buffer.alloc(4096);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  const at = 1024;
  const name = Buffer.from(stream, 'utf16le');
  name.copy(file, at);
  file.writeUInt16LE(name.length + 2, at + 64);
  file[at + 66] = 2;
  return file;
}

interface ZipFile {
  name: string;
  data: Buffer;
  /** What the archive says of its size, where that is a lie. */
  declared?: number;
}

export function zip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, declared = data.length } of files) {
    const packed = deflateRawSync(data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(declared, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(declared, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, ascii(name), packed);
    directory.push(central, ascii(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

const typeOf = (main: string) =>
  Buffer.from(
    `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/vnd.${main}+xml"/></Types>`,
  );
const WORD = 'openxmlformats-officedocument.wordprocessingml.document.main';

export const docx = (more: readonly ZipFile[] = []): Buffer =>
  zip([
    { name: '[Content_Types].xml', data: typeOf(WORD) },
    { name: 'word/document.xml', data: Buffer.from('<w:document/>') },
    ...more,
  ]);

export const docm = (): Buffer =>
  zip([
    { name: '[Content_Types].xml', data: typeOf('ms-word.document.macroEnabled.main') },
    { name: 'word/document.xml', data: Buffer.from('<w:document/>') },
  ]);
