import * as z from 'zod';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 09:30');
const kept = z.int().min(0).max(1000);

/** Backups that the service makes of itself, and how many of them stay. */
export const backupRules = z
  .strictObject({
    /** When one is made each day, on the bureau's clock; what was missed is made up for at the next start. */
    at: time.default('02:30'),
    /** The folder that takes them: it must be there, best on another disk, for this bureau alone. Absent: none are made. */
    folder: z.string().min(1).optional(),
    /** Of the last so many days, weeks and months that have backups, the newest of each stays. */
    keepDaily: kept.min(1).default(7),
    keepWeekly: kept.default(4),
    keepMonthly: kept.default(12),
    source: z.string().default('本项目建议：每日备份，留 7 日、4 周、12 个月'),
  })
  .prefault({});
