import type { Calendar } from '../../ledger/calendar.ts';
import type { Content } from '../../ledger/message.ts';

const notice = (title: string, lines: string[]): Content => ({
  kind: 'notice',
  title,
  tone: 'red',
  sections: [{ lines }],
  actions: [],
});

/** What administrators are told of a backup that failed; who runs the machine finds the rest in the log. */
export const failed = (calendar: Calendar, why: 'full' | 'other', lastAt: Date | undefined): Content =>
  notice('自动备份没有成功', [
    why === 'full' ? '原因：磁盘已满。' : '原因见服务日志（a backup failed）。',
    lastLine(calendar, lastAt),
    '服务照常运行，一小时后自动再试；请尽快请运维人员处理。恢复以前不再重复提示。',
  ]);

/** What they are told when for days none came about. */
export const overdue = (calendar: Calendar, days: number, lastAt: Date | undefined): Content =>
  notice(`已有 ${days} 天没有成功的备份`, [
    lastLine(calendar, lastAt),
    '请运维人员查看服务日志和备份目录，或先手工备份一次（qinglian backup）。恢复以前不再重复提示。',
  ]);

const lastLine = (calendar: Calendar, lastAt: Date | undefined): string =>
  lastAt ? `最近一次成功的备份：${calendar.display(lastAt)}。` : '至今还没有一次成功的备份。';
