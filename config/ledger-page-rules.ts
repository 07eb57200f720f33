import * as z from 'zod';

/** 台账页: how many rows stand on a page, and how many are printed at once. */
export const ledgerPageRules = z
  .strictObject({
    rows: z.int().min(5).max(100).default(50),
    printedRows: z.int().min(10).max(2000).default(500),
    source: z.string().default('本项目建议：每页 50 行，一次打印至多 500 行'),
  })
  .prefault({});
