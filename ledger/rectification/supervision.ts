import type { Rules } from '../../config/rules.ts';
import { type Line, linesOfEach } from '../../prisma/lines-of-each.ts';
import type { Calendar, CalendarDate } from '../calendar.ts';
import type { Person } from '../directory.ts';
import type { NoticeContent, Section } from '../message.ts';
import { recusalMark } from '../recusal.ts';
import type { Rows, Store } from '../store.ts';
import { ANSWERS, AT_WORK, type RectificationData, type WeeklyData, weeklyDataSchema } from './data.ts';
import { dateWord } from './due-word.ts';
import { currentFiles } from './require-evidence.ts';
import { whyNoDeferral } from './why-no-deferral.ts';
import { short } from './wording.ts';

/** Items shown on the card; a longer one would be no use on a phone, and platforms limit a card's size. */
const SHOWN = 20;

/** 周督查: one card a person with all that he has at work (S3: 「对整改工作采取周督查的方式」); nothing at work, no card. */
export async function supervisionCards(
  { keys, calendar, rules }: Pick<Store, 'keys' | 'calendar' | 'rules'>,
  rows: Rows,
  persons: readonly Person[],
  today: CalendarDate,
): Promise<Map<string, NoticeContent>> {
  const readers = persons.map(({ id }) => ({ personId: id, mark: recusalMark(keys, id) }));
  const lines = await linesOfEach(rows, readers, {
    ledger: 'rectification',
    part: 'responsible',
    states: AT_WORK,
  });
  const cards = new Map<string, NoticeContent>();
  const setting = { today, week: calendar.weekOf(today), rules };
  for (const [personId, all] of lines) {
    const items = all.map(readLine).filter((item) => isAskedWeekly(item, today, { calendar, rules }));
    if (items.length > 0) cards.set(personId, card(items, setting));
  }
  return cards;
}

/** Whether the week's 周督查 asks for the item: 长期坚持 is told of by the quarter, and asked for when its day is near. */
export function isAskedWeekly(
  { dueOn, data }: { dueOn: string | null; data: RectificationData | WeeklyData },
  today: CalendarDate,
  { calendar, rules }: { calendar: Calendar; rules: Rules },
): boolean {
  if (data.level === 'round') return false;
  if (data.category !== 'lasting' || dueOn === null) return true;
  return calendar.daysBetween(today, dueOn) <= rules.warnings.green.days;
}

const isOver = ({ dueOn }: Item, today: CalendarDate): boolean => dueOn !== null && dueOn < today;

type Item = Omit<Line, 'data'> & { data: WeeklyData };

const readLine = (line: Line): Item => ({ ...line, data: weeklyDataSchema.parse(line.data) });

/** When a card is made, and by which rules. */
interface Setting {
  today: CalendarDate;
  week: string;
  rules: Rules;
}

function card(items: readonly Item[], setting: Setting): NoticeContent {
  const { week, today } = setting;
  const open = items.filter((item) => !answerIn(item, week) && !isOver(item, today)).length;
  const rest = items.length - SHOWN;
  return {
    kind: 'notice',
    title: `本周督查（${items.length} 项）`,
    tone: 'plain',
    sections: [
      { lines: ['点一下即可回复；也可以电话告知督查员。'] },
      ...items.slice(0, SHOWN).map((item) => itemSection(item, setting)),
      ...(rest > 0 ? [{ lines: [`… 另有 ${rest} 项，请发送「我的整改」查看`] }] : []),
    ],
    actions: open > 1 ? [{ action: '按计划 全部', label: allAsPlanned(open, items.length) }] : [],
    refresh: '本周督查',
    isView: true,
  };
}

const allAsPlanned = (open: number, items: number): string =>
  open < items ? `其余 ${open} 项均按计划` : `${open} 项均按计划`;

function itemSection(item: Item, { week, today, rules }: Setting): Section {
  const heading = `${item.ref} ${short(item.title)}`;
  const due = item.dueOn
    ? [`${dateWord(item.dueOn, item.data)}${isOver(item, today) ? '（已逾期）' : ''}`]
    : [];
  const answer = answerIn(item, week);
  if (answer) return { heading, lines: [...due, `✓ 本周已回复：${answer}`] };
  const action = (word: string) => ({ action: `${word} ${item.ref}`, label: word });
  const hasEvidence = currentFiles(item.data).length >= rules.rectification.evidenceFiles;
  const towardsClosing = hasEvidence ? '申请销号' : '补充佐证';
  const words = [
    ...(item.state === 'assigned' ? ['签收'] : []),
    // What is over its date is not going by its plan, and is put off no longer: what was done, or why it cannot be.
    ...(isOver(item, today) ? ['进展', '有困难', '申请暂难'] : ['按计划', '有困难']),
    ...(whyNoDeferral(item, today, rules) ? [] : ['申请延期']),
    towardsClosing,
  ];
  return { heading, lines: due, actions: words.map(action) };
}

/**
 * What the responsible person answered that week, as people read it. What he asked for and nobody has decided on yet is an
 * answer, whatever week he asked in: what is to be done waits for his 责任领导.
 */
export function answerIn(
  { state, data }: { state: string; data: Pick<WeeklyData, 'weekly' | 'deferral' | 'stall'> },
  week: string,
): string | undefined {
  const pending = pendingIn(state, data);
  const { weekly } = data;
  if (weekly?.week !== week || (pending && weekly.answer === 'defer')) return pending;
  const said = `${ANSWERS[weekly.answer]}${weekly.text ? `，${short(weekly.text)}` : ''}`;
  return pending ? `${pending}；${said}` : said;
}

/** What he asked for and nobody has decided on yet, while the work is with him. */
export function pendingIn(state: string, { deferral, stall }: Pick<WeeklyData, 'deferral' | 'stall'>) {
  if (!(AT_WORK as readonly string[]).includes(state)) return undefined;
  if (deferral) return '申请延期待审批';
  return stall && '申请暂难待审批';
}
