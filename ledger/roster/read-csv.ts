import { CsvError, parse } from 'csv-parse/sync';
import { Refusal } from '../refusal.ts';
import { type Sheet, type SheetRow, textCell } from './sheet.ts';

/**
 * A .csv file in UTF-8, with or without a byte order mark, or in GB18030, which Chinese Excel writes.
 * @throws Refusal `invalid-input` for another encoding or quotes that do not match
 */
export function readCsv(bytes: Uint8Array): Sheet {
  // csv-parse counts CRLF inside quotes as two lines.
  const text = decode(bytes).replace(/\r\n?/g, '\n');
  return { name: 'csv', rows: parseText(text) };
}

function parseText(text: string): SheetRow[] {
  const lastLines: number[] = [];
  const note = (record: string[], { lines }: { lines: number }) => {
    lastLines.push(lines);
    return record;
  };
  try {
    const records = parse(text, { relax_column_count: true, on_record: note });
    return records.map((record, index) => ({
      line: (lastLines[index - 1] ?? 0) + 1,
      cells: record.map((value, column) => textCell(`第 ${column + 1} 列`, value)),
    }));
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal('invalid-input', badQuotes(error));
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding: the next one.
    }
  }
  throw new Refusal(
    'invalid-input',
    '文件的编码不认识，应为 UTF-8 或 GB18030（在表格软件中另存为 CSV 即可）。',
  );
}

function badQuotes(error: CsvError): string {
  const line = typeof error.lines === 'number' ? `第 ${error.lines} 行` : '文件中';
  return `${line}的双引号不成对，应为每个以双引号开头的单元格也以双引号结束。`;
}
