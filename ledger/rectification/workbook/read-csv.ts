import type { Rules } from '../../../config/rules.ts';
import { readCsv as readTable } from '../../roster/read-csv.ts';
import { type Book, type BookCell, type BookRow, badFile, letterOf } from './book.ts';

/**
 * A .csv file in UTF-8, with or without a byte order mark, or in GB18030, which Chinese Excel writes. Every cell is text.
 * @throws Refusal `invalid-input` for another encoding, quotes that do not match, too many rows or columns
 */
export function readCsv(bytes: Uint8Array, { maxRows, maxColumns, maxCharacters }: Rules['import']): Book {
  const { text, notes } = decoded(bytes);
  const rows: BookRow[] = [];
  for (const { line, cells: inRow } of readTable(new TextEncoder().encode(text)).rows) {
    const cells = new Map<number, BookCell>();
    for (const [column, cell] of inRow.entries()) {
      const said = cell?.text ?? '';
      if (said.trim() === '') continue;
      if (column >= maxColumns)
        throw badFile(`第 ${line} 行写到了第 ${column + 1} 列，最多 ${maxColumns} 列，没有读入。`);
      const isLong = said.length > maxCharacters;
      cells.set(
        column,
        isLong ? { text: '', flaw: `有 ${said.length} 字，最多 ${maxCharacters} 字` } : { text: said },
      );
      if (cell?.problem)
        notes.push(`第 ${line} 行 ${letterOf(column)} 列看起来是公式，按文字读入，不作计算。`);
    }
    if (cells.size > 0) rows.push({ line, isHidden: false, cells });
    if (rows.length > maxRows + HEAD_ROOM)
      throw badFile(`文件第 ${line} 行起已超过 ${maxRows} 行，没有读入。请分成几个文件后再试。`);
  }
  return { sheets: [{ name: 'csv', isHidden: false, rows, merges: [] }], notes };
}

const HEAD_ROOM = 40;
const UTF8_MARK = [0xef, 0xbb, 0xbf];
const startsWith = (bytes: Uint8Array, mark: readonly number[]) =>
  mark.every((byte, at) => bytes[at] === byte);

function decoded(bytes: Uint8Array): { text: string; notes: string[] } {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]))
    throw badFile(encoding('是 UTF-16 编码'));
  if (bytes.includes(0)) throw badFile(encoding('里有空字符，多半是 UTF-16 编码，或不是文本文件'));
  const asUtf8 = inEncoding('utf-8', bytes);
  if (asUtf8 !== undefined) return { text: asUtf8, notes: [] };
  if (startsWith(bytes, UTF8_MARK)) throw badFile(encoding('标明是 UTF-8 编码，但其中有读不出的字节'));
  const asChinese = inEncoding('gb18030', bytes);
  if (asChinese === undefined) throw badFile(encoding('既不是 UTF-8 编码，也不是 GB18030 编码'));
  if (!looksChinese(asChinese)) throw badFile(encoding('不是 UTF-8 编码，按 GB18030 读出来是乱码'));
  return { text: asChinese, notes: ['文件按 GB18030（国标）编码读入。'] };
}

function inEncoding(name: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    // Not in this encoding.
    return undefined;
  }
}

/** The signs that stand in almost every ledger of ours; a text in another encoding read as GB18030 has none of them. */
const COMMON = /[的一是不了在人有和整改措施问题责任领导年月日时限编号序方面科室完成]/gu;

/** Nearly every sequence of bytes is some text in GB18030: it is ours where usual characters stand in it. */
function looksChinese(text: string): boolean {
  const some = text.slice(0, 20_000);
  const foreign = some.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  const common = some.match(COMMON)?.length ?? 0;
  return !/[\uE000-\uF8FF]/u.test(some) && common * 25 >= foreign;
}

const encoding = (what: string): string =>
  `文件${what}，没有读入：应为 UTF-8 或 GB18030。请在表格软件中另存为「CSV UTF-8」或 .xlsx 再试。`;
