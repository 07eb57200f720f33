import type { Rules } from '../../config/rules.ts';
import type { Calendar, CalendarDate } from '../calendar.ts';
import type { Entry } from '../define.ts';
import type { Directory } from '../directory.ts';
import type { Action, NoticeContent } from '../message.ts';
import type { ItemData } from './data.ts';
import { short } from './wording.ts';

export type Level = 'green' | 'yellow' | 'red';

const LABELS: Readonly<Record<Level, string>> = {
  red: '红色·已逾期',
  yellow: '黄色·临近到期',
  green: '绿色·提前提醒',
};
const LEVELS = ['red', 'yellow', 'green'] as const;

type Warned = Pick<Entry, 'dueOn' | 'data'>;

/**
 * The level that an item has reached, or none: days are 自然日. Where the term is shorter than the rules call short, green
 * and yellow come in proportion to it, though a day before at the latest.
 */
export function levelOf(
  { dueOn, data }: Warned,
  today: CalendarDate,
  { calendar, rules }: { calendar: Calendar; rules: Rules },
): Level | undefined {
  if (!dueOn) return undefined;
  const left = calendar.daysBetween(today, dueOn);
  const { green, yellow, red, shortTerm } = rules.warnings;
  const { assignedOn } = asItem(data);
  const term = assignedOn === undefined ? shortTerm.days : calendar.daysBetween(assignedOn, dueOn);
  const ahead = (days: number) =>
    term >= shortTerm.days ? days : Math.max(1, Math.round((days * term) / shortTerm.days));
  if (left <= -red.days) return 'red';
  if (left <= ahead(yellow.days)) return 'yellow';
  return left <= ahead(green.days) ? 'green' : undefined;
}

const asItem = (data: unknown): Partial<ItemData> => data as Partial<ItemData>;

/** Who is told: 绿 the responsible persons, 黄 the 责任领导 too, 红 the 主要负责人 too. */
export function toldOf(item: Entry, level: Level, directory: Directory): string[] {
  const told = [
    ...responsibleFor(item),
    ...(level === 'green' ? [] : taking(item, 'leader')),
    ...(level === 'red' ? directory.withRole('secretary').map(({ id }) => id) : []),
  ];
  return [...new Set(told)].filter((id) => directory.byId(id)?.active);
}

const taking = (item: Entry, part: string): string[] =>
  item.people.filter((each) => each.part === part).map(({ personId }) => personId);
const responsibleFor = (item: Entry): string[] => taking(item, 'responsible');

export interface Warning {
  item: Entry;
  level: Level;
}

/** What the card is made with. */
interface Setting {
  calendar: Calendar;
  directory: Directory;
  /** The words of what its reader can do with the item now, the nearest first. */
  wordsFor(item: Entry): readonly string[];
}

/** Items that have buttons of their own; with more a card is no use on a phone, and 「我的整改」 has all. */
const WITH_BUTTONS = 5;

/** One message for all of a person's warnings of the day, the gravest first, each with what he can do about it. */
export function warningCard(
  warnings: readonly Warning[],
  today: CalendarDate,
  { calendar, directory, wordsFor }: Setting,
): NoticeContent {
  const gravest = LEVELS.find((level) => warnings.some((warning) => warning.level === level)) ?? 'green';
  const line = (item: Entry) => {
    const who = responsibleFor(item).map((id) => directory.byId(id)?.name ?? '（已离开）');
    return `${item.ref} ${short(item.title)}（${who.join('、')}）：${dueIn(item, today, calendar)}`;
  };
  const inOrder = LEVELS.flatMap((level) => warnings.filter((warning) => warning.level === level));
  const offered = new Set(inOrder.slice(0, WITH_BUTTONS).map(({ item }) => item));
  return {
    kind: 'notice',
    title: `整改时限预警（${warnings.length} 项）`,
    tone: gravest,
    sections: LEVELS.flatMap((level) => {
      const items = inOrder.filter((warning) => warning.level === level).map(({ item }) => item);
      if (items.length === 0) return [];
      const actions = items
        .filter((item) => offered.has(item))
        .flatMap((item) => buttons(item, wordsFor(item), warnings.length > 1));
      return [
        {
          heading: `${LABELS[level]}（${items.length}）`,
          lines: items.map(line),
          ...(actions.length > 0 && { actions }),
        },
      ];
    }),
    actions: [
      { action: '我的整改', label: '我的整改', style: 'primary' },
      ...(gravest === 'red' ? [{ action: '台账 逾期', label: '查看逾期' }] : []),
    ],
  };
}

/** Where there are several, each says which it is for. */
const buttons = ({ ref }: Entry, words: readonly string[], isOneOfSeveral: boolean): Action[] =>
  words.map((word) => ({ action: `${word} ${ref}`, label: isOneOfSeveral ? `${word} ${ref}` : word }));

function dueIn(item: Entry, today: CalendarDate, calendar: Calendar): string {
  const left = calendar.daysBetween(today, item.dueOn ?? today);
  const date = `${dateName(item)} ${item.dueOn}`;
  if (left < 0) return `${date}，已逾期 ${-left} 天`;
  return left === 0 ? `${date}，今天到期` : `${date}，还有 ${left} 天`;
}

/** What falls due on its date: the work, the next quarter's progress, or taking it up again. */
function dateName({ state, data }: Entry): string {
  if (state === 'stalled') return '恢复整改';
  return asItem(data).category === 'lasting' ? '季度进展时限' : '时限';
}
