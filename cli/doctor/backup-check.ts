import { type Check, type Finding, NotChecked, ok, warning } from '../../bot/lark/doctor/check.ts';
import type { Environment } from '../../config/environment.ts';
import { type Rules, readRules } from '../../config/rules.ts';
import { type BackupState, backupState } from '../../ledger/backup/backup-state.ts';
import { bureauCalendar, type Calendar } from '../../ledger/calendar.ts';
import type { Rows } from '../../prisma/database.ts';

/** One is made each day: twice as long without any is more than a time that was missed. */
const OLD_MS = 2 * 86_400_000;
const BY_HAND = '先手工备份一次：npm run qinglian -- backup <文件>，密钥文件另外存放。';

/** 备份: when the last good one was written, and whether the service makes them by itself. */
export const backupCheck = (
  { rulesFile }: Environment,
  rows: () => Promise<Rows>,
  now: () => Date,
): Check => ({
  title: '备份',
  async run() {
    const rules = await readRules(rulesFile).catch(() => {
      throw new NotChecked('先解决「设置」');
    });
    const calendar = bureauCalendar(rules.bureau.timeZone, rules.calendar);
    const state = await backupState(await rows());
    return [lastFinding(state, calendar, now()), ...scheduleFindings(state, rules, calendar)];
  },
});

function lastFinding({ last }: BackupState, calendar: Calendar, now: Date): Finding {
  if (!last) return warning('还没有一次成功的备份', BY_HAND);
  const text = `最近一次成功的备份：${calendar.display(last.at)}`;
  return now.getTime() - last.at.getTime() > OLD_MS ? warning(`${text}，已超过 2 天`, BY_HAND) : ok(text);
}

function scheduleFindings({ failedAt }: BackupState, { backup }: Rules, calendar: Calendar): Finding[] {
  if (backup.folder === undefined)
    return [
      warning(
        '自动备份没有打开',
        '在 qinglian.yaml 的 backup.folder 写备份目录（最好在另一块磁盘或另一台机器上），重启服务。',
      ),
    ];
  if (failedAt)
    return [
      warning(
        `自动备份上一次没有成功（${calendar.display(failedAt)}）`,
        '原因见服务日志（a backup failed）；服务每小时再试一次。',
      ),
    ];
  return [ok(`自动备份每天 ${backup.at} 一次`)];
}
