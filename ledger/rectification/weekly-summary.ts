import type { Entry } from '../define.ts';
import type { Directory, Person } from '../directory.ts';
import type { Entries } from '../entry.ts';
import type { NoticeContent, Section } from '../message.ts';
import type { Store } from '../store.ts';
import { AT_WORK, type ItemData, itemData, OPEN, type RectificationData } from './data.ts';
import { isOverdue } from './statistics.ts';
import { answerIn } from './supervision.ts';
import { short, weekForPeople } from './wording.ts';

export interface SummaryFor {
  entries: Entries;
  person: Person;
  /** Only the items in which the person has this part. */
  part: string | undefined;
  today: string;
  directory: Directory;
  store: Store;
}

/** Items named in one section; more are counted. */
const SHOWN = 15;

/** What the week's 周督查 came to, for one reader; nothing open, no card. No order by speed, no score. */
export async function summaryCard(summary: SummaryFor): Promise<NoticeContent | undefined> {
  const { entries, person, part, today, store } = summary;
  const items = await entries.list({
    ledger: 'rectification',
    states: OPEN,
    leaf: true,
    ...(part && { personId: person.id, parts: [part] }),
  });
  if (items.length === 0) return undefined;
  const week = store.calendar.weekOf(today);
  const said = items.map((item) => ({ item, data: entries.read(item).data as RectificationData }));
  const asked = said.filter(({ item }) => (AT_WORK as readonly string[]).includes(item.state));
  const answered = asked.filter(({ data }) => answerIn(data, week));
  const hard = said.filter(({ data }) => itemData(data).difficulty?.week === week);
  const silent = asked.filter(({ data }) => !answerIn(data, week));
  const waiting = said.filter(({ item }) => ['applied', 'reviewed'].includes(item.state));
  const overdue = said.filter(({ item }) => isOverdue(item, today));
  const line = ({ item, data }: (typeof said)[number]) => itemLine(item, data, week, summary.directory);
  return {
    kind: 'notice',
    title: `本周督查汇总（${weekForPeople(week)}）`,
    tone: overdue.length > 0 ? 'red' : hard.length > 0 ? 'yellow' : 'plain',
    sections: [
      {
        lines: [
          `在办 ${items.length} 项，本周已回复 ${answered.length} 项，未回复 ${silent.length} 项，逾期 ${overdue.length} 项。`,
        ],
      },
      ...listed(
        '有困难',
        hard.map((each) => `${line(each)}${toldBefore(itemData(each.data))}`),
      ),
      ...listed('已逾期', overdue.map(line)),
      ...listed('待审核、复核', waiting.map(line)),
      ...listed('需电话了解', silent.filter(({ data }) => longSilent(data, week, store)).map(line)),
      ...(part === undefined ? guessedWorkdays(today, store) : []),
    ],
    actions: overdue.length > 0 ? [{ action: '台账 逾期', label: '查看逾期' }] : [],
  };
}

/** Days ahead for which the workdays should be known, not guessed. */
const AHEAD_DAYS = 14;

function guessedWorkdays(today: string, { calendar }: Store): Section[] {
  const year = Number(calendar.addDays(today, AHEAD_DAYS).slice(0, 4));
  if (calendar.isKnown(year)) return [];
  return [{ lines: [`${year} 年的节假日和调休安排尚未收录，工作日暂按周一至周五推算，请更新程序。`] }];
}

function listed(heading: string, lines: string[]): Section[] {
  if (lines.length === 0) return [];
  const rest = lines.length - SHOWN;
  return [
    {
      heading: `${heading}（${lines.length}）`,
      lines: rest > 0 ? [...lines.slice(0, SHOWN), `… 另有 ${rest} 项`] : lines,
    },
  ];
}

function itemLine(item: Entry, data: RectificationData, week: string, directory: Directory): string {
  const who = item.people
    .filter(({ part }) => part === 'responsible')
    .map(({ personId }) => directory.byId(personId)?.name ?? '（已离开）');
  const answer = answerIn(data, week);
  const due = item.dueOn ? `，时限 ${item.dueOn}` : '';
  return `${item.ref} ${short(item.title)}（${who.join('、') || '待分派'}${due}）${answer ? `：${answer}` : ''}`;
}

/** The difficulty, where the answer that is shown came after it. */
const toldBefore = ({ weekly, difficulty }: ItemData): string =>
  difficulty && weekly?.answer !== 'difficult' ? `（困难：${short(difficulty.text)}）` : '';

/** Nothing was heard of it for as many weeks as the rules say: the 督查员 phones. */
function longSilent(data: RectificationData, week: string, { calendar, rules }: Store): boolean {
  const { assignedOn, weekly } = itemData(data);
  const heardIn = weekly?.week ?? (assignedOn && calendar.weekOf(assignedOn));
  return heardIn !== undefined && weeksBetween(heardIn, week) >= rules.weeklySupervision.unansweredWeeks;
}

/** Whole weeks from one ISO week to another. */
function weeksBetween(from: string, to: string): number {
  return Math.round((mondayMs(to) - mondayMs(from)) / (7 * 86_400_000));
}

/** The Monday of an ISO week: the week that has 4 January is the first. */
function mondayMs(week: string): number {
  const [year = 0, number = 1] = week.split('-W').map(Number);
  const fourth = new Date(Date.UTC(year, 0, 4));
  const firstMonday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
  return firstMonday + (number - 1) * 7 * 86_400_000;
}
