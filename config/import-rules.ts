import * as z from 'zod';

/** What a rectification ledger that comes as .xlsx or .csv may be at most. */
export const importRules = z
  .strictObject({
    /** As it is sent, and unpacked. */
    maxMegabytes: z.int().min(1).max(100).default(10),
    maxUnpackedMegabytes: z.int().min(1).max(200).default(60),
    /** Rows and columns of one sheet in which something stands. */
    maxRows: z.int().min(1).max(20_000).default(5_000),
    maxColumns: z.int().min(5).max(1_000).default(200),
    /** Characters of one cell. */
    maxCharacters: z.int().min(100).max(32_767).default(5_000),
    source: z.string().default('本项目建议：一轮整改台账通常不超过几百行；上限防止损坏或恶意的表格占满内存'),
  })
  .prefault({});
