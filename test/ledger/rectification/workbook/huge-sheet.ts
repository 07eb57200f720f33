import { open } from 'node:fs/promises';
import { createDeflateRaw, deflateRawSync } from 'node:zlib';
import { endOf, HEAD, packedPart, partsOf, ROW, sheetXml } from './files.ts';

const MEGABYTE = 1024 * 1024;

/** A workbook whose one sheet has that many megabytes of cells that are formatted and empty; it is packed as it is made. */
export async function hugeSheetFile(path: string, megabytes: number): Promise<void> {
  const [head = '', tail = ''] = sheetXml([HEAD, ROW.map(String)]).split('</sheetData>');
  const row = `<row>${'<c s="1"/>'.repeat(1000)}</row>`;
  const deflate = createDeflateRaw();
  const pieces: Buffer[] = [];
  deflate.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise((resolve) => deflate.on('end', resolve));
  let size = 0;
  const write = async (text: string) => {
    size += Buffer.byteLength(text);
    if (!deflate.write(text)) await new Promise((resolve) => deflate.once('drain', resolve));
  };
  await write(head);
  while (size < megabytes * MEGABYTE) await write(row);
  await write(`</sheetData>${tail}`);
  deflate.end();
  await ended;
  const file = await open(path, 'w');
  const central: Buffer[] = [];
  let offset = 0;
  const add = async (name: string, packed: Uint8Array, plain: number) => {
    const entry = packedPart(name, packed, plain, 0, offset);
    central.push(entry.central);
    await file.write(entry.local);
    await file.write(packed);
    offset += entry.local.length + packed.length;
  };
  for (const [name, text] of Object.entries(partsOf('')).filter(([name]) => !name.includes('sheet1')))
    await add(name, deflateRawSync(Buffer.from(text as string)), Buffer.byteLength(text as string));
  await add('xl/worksheets/sheet1.xml', Buffer.concat(pieces), size);
  await file.write(Buffer.concat([...central, endOf(central, offset)]));
  await file.close();
}
