import type { TableContent } from '../ledger/message.ts';
import { type SheetCell, sheetsXlsx } from './sheet.ts';

/** Tables as the chat shows them, one sheet each; what stands below a table stands below it here. */
export const tablesXlsx = (tables: readonly TableContent[]): Promise<Uint8Array> =>
  sheetsXlsx(
    tables.map(({ title, columns, rows, footer }) => ({
      name: title,
      columns: columns.map((header, index) => ({ header, width: index === 0 ? 12 : 8 })),
      rows: [...rows.map((row) => row.map(cellOf)), ...footer.map((line) => [line])],
    })),
  );

/** Figures can be reckoned with; 「<3」 is text. */
const cellOf = (text: string): SheetCell => (/^\d{1,9}$/.test(text) ? Number(text) : text);
