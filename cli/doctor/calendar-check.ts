import { type Check, NotChecked, ok, warning } from '../../bot/lark/doctor/check.ts';
import type { Environment } from '../../config/environment.ts';
import { readRules } from '../../config/rules.ts';
import { bureauCalendar } from '../../ledger/calendar.ts';
import { unknownYear } from '../../ledger/unknown-year.ts';

/** 工作日: whether the notice of the year that runs, or soon will, is known. */
export const calendarCheck = ({ rulesFile }: Environment, now: () => Date): Check => ({
  title: '工作日',
  async run() {
    const { bureau, calendar: arranged } = await readRules(rulesFile).catch(() => {
      throw new NotChecked('先解决「设置」');
    });
    const calendar = bureauCalendar(bureau.timeZone, arranged);
    const year = unknownYear(calendar, calendar.dateOf(now()));
    if (year === undefined) return [ok('放假和调休安排已收录')];
    return [
      warning(
        `${year} 年的放假调休安排尚未收录：工作日暂按周末和法定节假日推算，不含调休`,
        `国务院办公厅公布后更新程序；等不及的，把放假、上班日期写进 qinglian.yaml 的 calendar（写到 ${year}-10-01 为全），重启服务。`,
      ),
    ];
  },
});
