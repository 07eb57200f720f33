import ExcelJS from 'exceljs';
import PDFDocument from 'pdfkit';
import { docx } from './sample-files.ts';

/** Documents that say of themselves when they were made. */
export const wordOf = (created: string, modified = created, prefix = 'dcterms'): Buffer =>
  docx([
    {
      name: 'docProps/core.xml',
      data: Buffer.from(
        `<cp:coreProperties><${prefix}:created xsi:type="dcterms:W3CDTF">${created}</${prefix}:created><${prefix}:modified xsi:type="dcterms:W3CDTF">${modified}</${prefix}:modified></cp:coreProperties>`,
      ),
    },
  ]);

/** As a library writes it that others use too. */
export async function tableOf(made: Date): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.created = made;
  workbook.modified = made;
  workbook.addWorksheet('示例').addRow(['示例']);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

export async function pdfOf(made: Date): Promise<Buffer> {
  const document = new PDFDocument({ info: { CreationDate: made, ModDate: made } });
  const pieces: Uint8Array[] = [];
  document.on('data', (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise((resolve) => document.once('end', resolve));
  document.end();
  await ended;
  return Buffer.concat(pieces);
}

type Order = 'II' | 'MM';

/** A photograph with these times in its EXIF fields, such as `{ taken: '2026:09:01 10:00:00' }`. */
export function photoOf(times: { taken?: string; changed?: string }, order: Order = 'MM'): Buffer {
  const photo = times.taken === undefined ? [] : [{ tag: 0x9003, text: times.taken }];
  const own = times.changed === undefined ? [] : [{ tag: 0x0132, text: times.changed }];
  const firstLength = 2 + (own.length + 1) * 12 + 4;
  const photoLength = 2 + photo.length * 12 + 4;
  const texts = 8 + firstLength + photoLength;
  const tiff = Buffer.alloc(texts + (own.length + photo.length) * 20);
  const short = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(order, 0, 'latin1');
  short(42, 2);
  long(8, 4);
  let free = texts;
  const field = (at: number, { tag, text }: { tag: number; text: string }) => {
    short(tag, at);
    short(2, at + 2);
    long(20, at + 4);
    long(free, at + 8);
    tiff.write(`${text}\0`, free, 'latin1');
    free += 20;
  };
  short(own.length + 1, 8);
  own.forEach((each, index) => {
    field(10 + index * 12, each);
  });
  const pointer = 10 + own.length * 12;
  short(0x8769, pointer);
  short(4, pointer + 2);
  long(1, pointer + 4);
  long(8 + firstLength, pointer + 8);
  short(photo.length, 8 + firstLength);
  photo.forEach((each, index) => {
    field(8 + firstLength + 2 + index * 12, each);
  });
  const segment = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(segment.length + 2, 10);
  return Buffer.concat([head, segment, Buffer.from([0xff, 0xda, 0, 2, 0xff, 0xd9])]);
}
