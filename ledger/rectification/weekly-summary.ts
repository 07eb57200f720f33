import type { Entry } from '../define.ts';
import type { Directory, Person } from '../directory.ts';
import type { Entries, EntryFilter } from '../entry.ts';
import type { NoticeContent, Section } from '../message.ts';
import type { Store } from '../store.ts';
import { AT_WORK, type ItemData, OPEN, type RectificationData } from './data.ts';
import { ITEMS } from './figures/figures.ts';
import { lookBackSections } from './look-back-due.ts';
import { namesOf } from './people-of.ts';
import { longSilent } from './silence.ts';
import { answerIn, isAskedWeekly } from './supervision.ts';
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
/** Items with a button of their own. */
const BUTTONS = 10;
/** Items that are in memory at the same time. */
const AT_ONCE = 500;

interface Said {
  item: Entry;
  data: ItemData;
}

/** What the week came to: of each kind how many, and the first of them. */
interface Week {
  open: number;
  answered: number;
  unanswered: number;
  hard: Found;
  overdue: Found;
  waiting: Found;
  silent: Found;
}

interface Found {
  count: number;
  first: Said[];
}

/** What the week's 周督查 came to, for one reader; nothing open and nothing to look at again, no card. No order by speed, no score. */
export async function summaryCard(summary: SummaryFor): Promise<NoticeContent | undefined> {
  const { entries, part, today, store } = summary;
  const week = await countWeek(summary);
  const isSupervisor = summary.person.roles.includes('supervisor');
  const lookBack = isSupervisor ? await lookBackSections(entries, store, today) : [];
  if (week.open === 0 && lookBack.length === 0) return undefined;
  const { hard, overdue, waiting, silent } = week;
  const line = ({ item, data }: Said) => itemLine(item, data, summary);
  return {
    kind: 'notice',
    title: `本周督查汇总（${weekForPeople(store.calendar.weekOf(today))}）`,
    tone: overdue.count > 0 ? 'red' : hard.count > 0 ? 'yellow' : 'plain',
    sections: [
      {
        lines: [
          `在办 ${week.open} 项，本周已回复 ${week.answered} 项，未回复 ${week.unanswered} 项，逾期 ${overdue.count} 项。`,
        ],
      },
      ...listed('有困难', hard, (each) => `${line(each)}${toldBefore(each.data)}`),
      ...listed('已逾期', overdue, line),
      ...listed('待审核、复核、审定', waiting, line),
      ...silentSections(silent, line, isSupervisor),
      ...lookBack,
      ...(part === undefined ? guessedWorkdays(today, store) : []),
    ],
    actions: overdue.count > 0 ? [{ action: '台账 逾期', label: '查看逾期' }] : [],
  };
}

async function countWeek({ entries, person, part, today, store }: SummaryFor): Promise<Week> {
  const filter: EntryFilter = {
    ...ITEMS,
    states: OPEN,
    ...(part && { personId: person.id, parts: [part] }),
  };
  const week = store.calendar.weekOf(today);
  const found = (): Found => ({ count: 0, first: [] });
  const so: Week = {
    ...{ open: 0, answered: 0, unanswered: 0 },
    ...{ hard: found(), overdue: found(), waiting: found(), silent: found() },
  };
  for (let skip = 0, isLeft = true; isLeft; skip += AT_ONCE) {
    const page = await entries.list(filter, { skip, take: AT_ONCE });
    for (const item of page) {
      const data = dataOf(entries, item);
      if (data) count(so, { item, data }, { week, today, store });
    }
    isLeft = page.length === AT_ONCE;
  }
  return so;
}

/** Nothing for what cannot be read, or is no item: one such entry keeps the summary from nobody. */
function dataOf(entries: Entries, item: Entry): ItemData | undefined {
  const data = entries.readable(item)?.data as RectificationData | undefined;
  return data === undefined || data.level === 'round' ? undefined : data;
}

function count(so: Week, said: Said, { week, today, store }: { week: string; today: string; store: Store }) {
  const { item, data } = said;
  const answer = answerIn(data, week);
  const isAsked =
    (AT_WORK as readonly string[]).includes(item.state) &&
    (answer !== undefined || isAskedWeekly({ dueOn: item.dueOn, data }, today, store));
  so.open += 1;
  if (isAsked && answer !== undefined) so.answered += 1;
  if (isAsked && answer === undefined) so.unanswered += 1;
  if (data.difficulty?.week === week) add(so.hard, said);
  if (item.dueOn !== null && item.dueOn < today) add(so.overdue, said);
  if (['applied', 'reviewed', 'approved'].includes(item.state)) add(so.waiting, said);
  if (isAsked && answer === undefined && longSilent(data, week, store)) add(so.silent, said);
}

function add(found: Found, said: Said): void {
  found.count += 1;
  if (found.first.length < SHOWN) found.first.push(said);
}

/** Days ahead for which the workdays should be known, not guessed. */
const AHEAD_DAYS = 14;

function guessedWorkdays(today: string, { calendar }: Store): Section[] {
  const year = Number(calendar.addDays(today, AHEAD_DAYS).slice(0, 4));
  if (calendar.isKnown(year)) return [];
  return [{ lines: [`${year} 年的节假日和调休安排尚未收录，工作日暂按周一至周五推算，请更新程序。`] }];
}

function listed(heading: string, { count, first }: Found, line: (said: Said) => string): Section[] {
  if (count === 0) return [];
  const rest = count - first.length;
  const lines = [...first.map(line), ...(rest > 0 ? [`… 另有 ${rest} 项`] : [])];
  return [{ heading: `${heading}（${count}）`, lines }];
}

/** Whom to phone; who records the answers has a button for each. */
function silentSections(silent: Found, line: (said: Said) => string, mayPhone: boolean): Section[] {
  return listed('需电话了解', silent, line).map((section) =>
    mayPhone
      ? {
          ...section,
          actions: silent.first
            .slice(0, BUTTONS)
            .map(({ item: { ref } }) => ({ action: `电话 ${ref}`, label: `电话 ${ref}` })),
        }
      : section,
  );
}

function itemLine(item: Entry, data: ItemData, { today, directory, store }: SummaryFor): string {
  const answer = answerIn(data, store.calendar.weekOf(today));
  const due = item.dueOn ? `，时限 ${item.dueOn}` : '';
  const who = namesOf(item, 'responsible', directory);
  return `${item.ref} ${short(item.title)}（${who}${due}）${answer ? `：${answer}` : ''}`;
}

/** The difficulty, where the answer that is shown came after it. */
const toldBefore = ({ weekly, difficulty }: ItemData): string =>
  difficulty && weekly?.answer !== 'difficult' ? `（困难：${short(difficulty.text)}）` : '';
