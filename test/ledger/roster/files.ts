import ExcelJS from 'exceljs';

/** A .xlsx file, made by the library that people's files are read with. */
export async function workbookOf(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

export const csvOf = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));
