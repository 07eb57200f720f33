import * as z from 'zod';

/** How a message is sent again when a platform does not take it. */
export const deliveryRules = z
  .strictObject({
    leaseSeconds: z.int().min(1).max(3600).default(60),
    maxAttempts: z.int().min(1).max(50).default(12),
    /** Seconds; the waiting time between attempts grows up to this. */
    maxBackoffSeconds: z.int().min(1).max(86_400).default(3600),
    /** Messages that are under way at the same time. */
    concurrency: z.int().min(1).max(200).default(40),
    /** Minutes for which a platform may be away before what nobody asked for goes to another account of the same person. */
    fallbackAfterMinutes: z.int().min(1).max(1440).default(10),
    fallbackSource: z.string().default('本项目建议：一个平台收发不了的，改用本人的另一个账号'),
  })
  .prefault({});

/** What the Feishu or Lark platform allows one app in one tenant. */
export const larkRules = z
  .strictObject({
    /** Calls of one kind. */
    callsPerSecond: z.int().min(1).max(1000).default(50),
    callsPerMinute: z.int().min(1).max(60_000).default(1000),
    /** Messages to one person, to one group, and changes of one card. */
    messagesPerSecond: z.int().min(1).max(100).default(5),
    source: z.string().default('飞书开放平台频控：每应用每租户 1000 次/分、50 次/秒，向同一用户或群 5 次/秒'),
    /** For one call. */
    timeoutSeconds: z.int().min(1).max(60).default(10),
    /** How old or how far ahead a pushed request may be. */
    replayWindowSeconds: z.int().min(10).max(3600).default(300),
  })
  .prefault({});
