import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import type { Rules } from '../../../config/rules.ts';
import { packedEntry, unpackedSize, type ZipEntry, zipEntries } from '../../unpacked-size.ts';
import { badFile } from './book.ts';
import { UNREADABLE } from './xml.ts';

/** The files inside of a .xlsx file. */
export interface Parts {
  names: readonly string[];
  /** @returns `undefined` where there is no such part */
  read(name: string): Promise<Uint8Array | undefined>;
}

const MEGABYTE = 1024 * 1024;
const CONTAINER = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const inflate = promisify(inflateRaw);

/**
 * Looks at the outside of a workbook: nothing is unpacked that is larger than the rules say, and nothing at all of what has
 * macros.
 * @throws Refusal `invalid-input` that says what the file is instead
 */
export function openParts(file: Uint8Array, { maxUnpackedMegabytes }: Rules['import']): Parts {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.subarray(0, CONTAINER.length).equals(CONTAINER)) throw badFile(whichContainer(bytes));
  const limit = maxUnpackedMegabytes * MEGABYTE;
  const size = unpackedSize(file, limit);
  if (size === undefined) throw badFile(UNREADABLE);
  if (size > limit) throw badFile(tooLarge(size, maxUnpackedMegabytes));
  const entries = new Map((zipEntries(bytes) ?? []).map((entry) => [partName(entry), entry]));
  const names = [...entries.keys()];
  if (names.some((name) => /vbaproject\.bin$|\/macrosheets\//i.test(name))) throw badFile(MACROS);
  if (names.includes('xl/workbook.bin')) throw badFile(BINARY);
  return {
    names,
    read: async (name) => {
      const entry = entries.get(name);
      if (!entry) return undefined;
      const { packed, isStored } = packedEntry(bytes, entry);
      return isStored ? packed : inflate(packed, { maxOutputLength: Math.max(1, entry.unpacked) });
    },
  };
}

const partName = ({ name }: ZipEntry): string => name.replaceAll('\\', '/').replace(/^\//, '');

/** The old container: a workbook with a password, or one of the years before 2007. */
const whichContainer = (bytes: Buffer): string =>
  bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? PASSWORD : OLD;

const PASSWORD = '文件设有密码，读不出来。请在表格软件中取消密码，另存为 .xlsx 再试。';
const OLD = '这是老格式的 .xls 文件（改了扩展名也一样）。请用表格软件打开后另存为 .xlsx 再试。';
const MACROS = '文件带有宏，没有读入。请另存为不带宏的 .xlsx 再试。';
const BINARY = '这是二进制格式的 .xlsb 文件。请用表格软件打开后另存为 .xlsx 再试。';

const tooLarge = (size: number, most: number): string =>
  `文件解压后有 ${Math.ceil(size / MEGABYTE)} MB，最多 ${most} MB，没有读入。请只保留整改台账（删去图片和空白的格式）后再试。`;
