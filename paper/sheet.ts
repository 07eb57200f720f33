import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type ExcelJS from 'exceljs';
import { printable } from './form.ts';

/** A column, and how wide it is, in Chinese characters. */
export interface SheetColumn {
  header: string;
  width: number;
  /** There for programs, and not shown. */
  isHidden?: true;
}

/**
 * `clock`: a minute on the bureau's clock, YYYY-MM-DDTHH:mm; `day`: YYYY-MM-DD. Both become dates that can be sorted and
 * filtered. Every string is text, whatever it begins with: nothing that is said in a ledger is ever run as a formula.
 */
export type SheetCell = string | number | { clock: string } | { day: string } | undefined;

export interface Sheet {
  name: string;
  columns: readonly SheetColumn[];
  rows: AsyncIterable<readonly SheetCell[]> | Iterable<readonly SheetCell[]>;
}

const THIN = { style: 'thin' } as const;
const border = { top: THIN, bottom: THIN, left: THIN, right: THIN };
/** The writer knows a style again by its object: thousands of cells share these. */
const STYLES = {
  plain: { border },
  text: { border, numFmt: '@', alignment: { vertical: 'top', wrapText: true } },
  clock: { border, numFmt: 'yyyy-mm-dd hh:mm' },
  day: { border, numFmt: 'yyyy-mm-dd' },
  header: {
    border,
    font: { bold: true },
    alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
  },
} satisfies Record<string, Partial<ExcelJS.Style>>;
/** Excel takes no more in one cell. */
const MOST_CHARACTERS = 32_767;

/** Sheets as .xlsx; rows are written away as they come. The header stands still, and its columns can be filtered. */
export async function sheetsXlsx(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const stream = new PassThrough();
  const whole = buffer(stream);
  // Where the rows fail, nobody waits for the rest of the file.
  whole.catch(() => undefined);
  try {
    // Loaded when it is needed: it takes a third of a second, and a start must not wait for it.
    const { default: exceljs } = await import('exceljs');
    const workbook = new exceljs.stream.xlsx.WorkbookWriter({
      stream,
      useStyles: true,
      useSharedStrings: true,
    });
    workbook.creator = '清廉台账';
    workbook.lastModifiedBy = '清廉台账';
    for (const sheet of sheets) await writeSheet(workbook, sheet);
    await workbook.commit();
  } catch (fault) {
    stream.destroy();
    throw fault;
  }
  return whole;
}

async function writeSheet(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  { name, columns, rows }: Sheet,
): Promise<void> {
  const worksheet = workbook.addWorksheet(sheetName(name), {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  worksheet.columns = columns.map(({ width, isHidden }) => ({
    width: width * 2 + 2,
    ...(isHidden && { hidden: true }),
  }));
  worksheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  const header = worksheet.addRow(columns.map(({ header: label }) => label));
  header.eachCell((cell) => {
    cell.style = STYLES.header;
  });
  header.commit();
  for await (const cells of rows) {
    const row = worksheet.addRow([]);
    for (const [index, value] of cells.entries()) fill(row.getCell(index + 1), value);
    row.commit();
  }
  worksheet.commit();
}

function fill(cell: ExcelJS.Cell, value: SheetCell): void {
  if (value === undefined || typeof value === 'number') {
    cell.style = STYLES.plain;
    cell.value = value ?? null;
  } else if (typeof value === 'string') {
    cell.style = STYLES.text;
    cell.value = printable(value).slice(0, MOST_CHARACTERS).toWellFormed();
  } else {
    // A sheet knows no time zones: what the bureau's clock shows is what stands there.
    const isClock = 'clock' in value;
    cell.style = isClock ? STYLES.clock : STYLES.day;
    cell.value = new Date(isClock ? `${value.clock}:00Z` : `${value.day}T00:00:00Z`);
  }
}

/** At most 31 characters, and none of those that stand for something in a formula. */
const sheetName = (name: string): string => name.replace(/[*?:\\/[\]']/gu, ' ').slice(0, 31);
