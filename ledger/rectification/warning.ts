import type { Rules } from '../../config/rules.ts';
import type { Calendar, CalendarDate } from '../calendar.ts';
import type { Entry } from '../define.ts';
import type { Directory } from '../directory.ts';
import type { NoticeContent } from '../message.ts';
import { short } from './wording.ts';

export type Level = 'green' | 'yellow' | 'red';

const LABELS: Readonly<Record<Level, string>> = {
  red: '红色·已逾期',
  yellow: '黄色·临近到期',
  green: '绿色·提前提醒',
};
const LEVELS = ['red', 'yellow', 'green'] as const;

/** The level that an item has reached, or none: days are 自然日. */
export function levelOf(
  { dueOn }: Pick<Entry, 'dueOn'>,
  today: CalendarDate,
  { calendar, rules }: { calendar: Calendar; rules: Rules },
): Level | undefined {
  if (!dueOn) return undefined;
  const left = calendar.daysBetween(today, dueOn);
  const { green, yellow, red } = rules.warnings;
  if (left <= -red.days) return 'red';
  if (left <= yellow.days) return 'yellow';
  return left <= green.days ? 'green' : undefined;
}

/** Who is told: 绿 the responsible persons, 黄 the 责任领导 too, 红 the 主要负责人 too. */
export function toldOf(item: Entry, level: Level, directory: Directory): string[] {
  const taking = (part: string) =>
    item.people.filter((each) => each.part === part).map(({ personId }) => personId);
  const told = [
    ...taking('responsible'),
    ...(level === 'green' ? [] : taking('leader')),
    ...(level === 'red' ? directory.withRole('secretary').map(({ id }) => id) : []),
  ];
  return [...new Set(told)].filter((id) => directory.byId(id)?.active);
}

/** One message for all of a person's warnings of the day, the gravest first. */
export function warningCard(warnings: readonly { item: Entry; level: Level }[]): NoticeContent {
  const gravest = LEVELS.find((level) => warnings.some((warning) => warning.level === level)) ?? 'green';
  return {
    kind: 'notice',
    title: `整改时限预警（${warnings.length} 项）`,
    tone: gravest,
    sections: LEVELS.flatMap((level) => {
      const lines = warnings
        .filter((warning) => warning.level === level)
        .map(({ item }) => `${item.ref} ${short(item.title)}：时限 ${item.dueOn}`);
      return lines.length > 0 ? [{ heading: `${LABELS[level]}（${lines.length}）`, lines }] : [];
    }),
    actions: [{ action: '我的整改', label: '我的整改', style: 'primary' }],
  };
}
