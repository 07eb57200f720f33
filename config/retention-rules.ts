import * as z from 'zod';

const days = z.int().min(0).max(3650);

/** For how many days is kept what is no record. What somebody recorded, and the chain, is kept for good. */
export const retentionRules = z
  .strictObject({
    /** That a message was settled, so that its redelivery does nothing. */
    requests: days.default(7),
    /** A form that was opened and never sent. */
    drafts: days.default(30),
    /** That a message went out, and that a job said what it says weekly: 减负自查 looks back four weeks. */
    messages: z.int().min(35).max(3650).default(90),
    /** What could not be delivered, as 未送达 shows it. */
    undelivered: z.int().min(35).max(3650).default(180),
    /** From its sending, how to show a card as things stand; the local chat keeps its windows as long. */
    cards: z.int().min(14).max(3650).default(90),
    source: z.string().default('本项目建议：台账和存证链长期保存，只清理已发出的消息、旧卡片等过程数据'),
  })
  .prefault({});
