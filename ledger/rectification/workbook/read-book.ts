import type { Rules } from '../../../config/rules.ts';
import { type Book, badFile } from './book.ts';

const MEGABYTE = 1024 * 1024;

/**
 * Reads a file of tables, .xlsx or .csv.
 * @param name as the person calls the file; its ending decides
 * @throws Refusal `invalid-input` in a sentence that says what was found, where, and what to do
 */
export async function readBook(name: string, bytes: Uint8Array, limits: Rules['import']): Promise<Book> {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (bytes.length === 0) throw badFile('文件是空的（0 字节），没有读入。');
  if (bytes.length > limits.maxMegabytes * MEGABYTE) {
    const size = (bytes.length / MEGABYTE).toFixed(1);
    throw badFile(`文件有 ${size} MB，最多 ${limits.maxMegabytes} MB，没有读入。`);
  }
  // What reads workbooks is loaded when there is one.
  if (ending === 'xlsx') return (await import('./read-xlsx.ts')).readXlsx(bytes, limits);
  if (ending === 'csv') return (await import('./read-csv.ts')).readCsv(bytes, limits);
  const known = ENDINGS[ending];
  const found = known ?? (ending === '' ? '没有扩展名的文件' : `.${ending.slice(0, 10)} 文件`);
  throw badFile(`整改台账应为 .xlsx 或 .csv，这是${found}，没有读入。请用表格软件另存为 .xlsx 再试。`);
}

const ENDINGS: Readonly<Record<string, string>> = {
  xlsm: '带宏的 .xlsm 文件',
  xltm: '带宏的 .xltm 文件',
  xls: '老格式的 .xls 文件',
  xlsb: '二进制格式的 .xlsb 文件',
  et: 'WPS 的 .et 文件',
};
