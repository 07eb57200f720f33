import type { Rows } from '../prisma/database.ts';
import type { SealingKeys } from './key-ring.ts';
import { SealBroken } from './seal.ts';
import { sealedColumns } from './sealed-columns.ts';

const PAGE = 500;

/** Opens every sealed value. @returns one sentence in English for each that does not open: its record, no content */
export async function brokenSeals(rows: Rows, keys: SealingKeys): Promise<string[]> {
  const problems: string[] = [];
  for (const column of sealedColumns) {
    for await (const page of column.pages(rows, PAGE)) {
      for (const { sealed, about, record } of page) {
        const why = whyBroken(keys, sealed, about);
        if (why)
          problems.push(`${record}: its sealed ${column.model}.${column.column} does not open: ${why}`);
      }
    }
  }
  return problems;
}

function whyBroken(keys: SealingKeys, sealed: Uint8Array, about: string): string | undefined {
  try {
    keys.unsealBytes(sealed, about);
    return undefined;
  } catch (fault) {
    if (fault instanceof SealBroken) return fault.why;
    throw fault;
  }
}
