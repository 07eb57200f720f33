import * as z from 'zod';

/** Forms that are asked question by question, where a platform shows none. */
export const dialogueRules = z
  .strictObject({
    /** Minutes without an answer after which a message is no answer any more. */
    expiresMinutes: z.int().min(5).max(1440).default(30),
    source: z.string().default('本项目建议：隔了半小时才发来的话，多半不是在回答；已填的内容仍保留'),
  })
  .prefault({});
