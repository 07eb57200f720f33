import type { Entry } from '../define.ts';
import type { Directory } from '../directory.ts';
import type { Action, NoticeContent, Section } from '../message.ts';
import type { Store } from '../store.ts';
import type { ItemData } from './data.ts';
import { dueWord } from './due-word.ts';
import { isAppliedInTime, waitingWord } from './figures/applied-in-time.ts';
import { overdueWord } from './figures/words.ts';
import { lookBackSections } from './look-back-due.ts';
import { namesOf } from './people-of.ts';
import { answerIn } from './supervision.ts';
import { callSections } from './weekly-calls.ts';
import {
  countWeek,
  type Found,
  isAtWork,
  type Own,
  type Said,
  type Week,
  type WeekOf,
} from './weekly-count.ts';
import { short, weekForPeople } from './wording.ts';

export interface SummaryFor extends WeekOf {
  directory: Directory;
}

/**
 * What the week's 周督查 came to, for one reader: what he has to do himself, whom to phone, and the rest, each item once.
 * Nothing open and nothing to look at again, no card. No order by speed, no score.
 */
export async function summaryCard(summary: SummaryFor): Promise<NoticeContent | undefined> {
  const { entries, part, today, directory, store } = summary;
  const week = await countWeek(summary);
  const mayPhone = summary.person.roles.includes('supervisor');
  const lookBack = mayPhone ? await lookBackSections(entries, store, today) : [];
  if (week.open === 0 && lookBack.length === 0) return undefined;
  const line = ({ item, data }: Said) => itemLine(item, data, summary);
  const withState = (said: Said) => `${line(said)}${stateOf(said, summary)}`;
  const late = week.late - week.appliedInTime;
  const above = late - week.overdue.count;
  return {
    kind: 'notice',
    title: `本周督查汇总（${weekForPeople(store.calendar.weekOf(today))}）`,
    tone: late > 0 ? 'red' : week.hard.count > 0 ? 'yellow' : 'plain',
    sections: [
      { lines: overall(week) },
      ...listed(`待您办理（${week.own.count}）`, week.own, withState, ownActions(week.ownBy)),
      ...callSections(week.calls, (item) => line({ item, data: entries.read(item).data as ItemData }), {
        directory,
        mayPhone,
      }),
      ...lookBack,
      ...listed(`有困难（${week.hard.count}）`, week.hard, (each) => `${line(each)}${toldBefore(each.data)}`),
      ...listed(`已逾期（${late}${above > 0 ? `，其中 ${above} 项已列在上面` : ''}）`, week.overdue, line),
      ...listed(`待他人审核、复核、审定（${week.others.count}）`, week.others, withState),
      ...(part === undefined ? guessedWorkdays(today, store) : []),
    ],
    actions: week.late > 0 ? [{ action: '台账 逾期', label: '查看逾期' }] : [],
  };
}

/** Figures that add up: what is open is what was asked for and what was not. */
function overall({ open, answered, unanswered, unasked, late, appliedInTime }: Week): string[] {
  const rest = open - answered - unanswered;
  const why = [...unasked].map(([name, count]) => `${name} ${count}`).join(' · ');
  return [
    `未销号 ${open} 项，本周应回复 ${answered + unanswered} 项：已回复 ${answered} 项，未回复 ${unanswered} 项。`,
    ...(rest > 0 ? [`其余 ${rest} 项本周不需回复：${why}。`] : []),
    ...(late > 0 ? [`未销号的当中，已逾期 ${overdueWord({ overdue: late, appliedInTime }, ' 项')}。`] : []),
  ];
}

const OWN_ACTIONS: Readonly<Record<Own, Action>> = {
  review: { action: '台账 待责任领导审核', label: '去审核' },
  approve: { action: '台账 待督查复核', label: '去复核' },
  confirm: { action: '审定 全部', label: '审定 全部' },
  decide: { action: '我的整改', label: '去审批' },
};

const ownActions = (ownBy: Week['ownBy']): Action[] =>
  (Object.keys(OWN_ACTIONS) as Own[]).flatMap((own) => (ownBy.has(own) ? [OWN_ACTIONS[own]] : []));

/** What it waits for; while it is at work its answer says so. */
function stateOf({ item }: Said, { entries }: SummaryFor): string {
  if (isAtWork(item)) return '';
  return ` · ${entries.ledgerOf(item).states[item.state]?.label ?? item.state}`;
}

/** Days ahead for which the workdays should be known, not guessed. */
const AHEAD_DAYS = 14;

function guessedWorkdays(today: string, { calendar }: Store): Section[] {
  const year = Number(calendar.addDays(today, AHEAD_DAYS).slice(0, 4));
  if (calendar.isKnown(year)) return [];
  const sentence = `${year} 年的放假调休安排尚未收录，工作日暂按周末和法定节假日推算`;
  return [{ lines: [`${sentence}；请管理员更新程序，或在规则 calendar 中录入放假通知。`] }];
}

function listed(
  heading: string,
  { count, first }: Found,
  line: (said: Said) => string,
  actions: readonly Action[] = [],
): Section[] {
  if (count === 0) return [];
  const rest = count - first.length;
  const lines = [...first.map(line), ...(rest > 0 ? [`… 另有 ${rest} 项`] : [])];
  return [{ heading, lines, ...(actions.length > 0 && { actions: [...actions] }) }];
}

function itemLine(item: Entry, data: ItemData, { today, directory, store }: SummaryFor): string {
  const answer = answerIn({ state: item.state, data }, store.calendar.weekOf(today));
  const isWaiting = item.dueOn !== null && item.dueOn < today && isAppliedInTime(item, data);
  const word = isWaiting ? `时限 ${item.dueOn}，${waitingWord(item, directory)}` : dueWord(item, data, today);
  const due = item.dueOn ? `，${word}` : '';
  const who = namesOf(item, 'responsible', directory);
  return `${item.ref} ${short(item.title)}（${who}${due}）${answer ? `：${answer}` : ''}`;
}

/** The difficulty, where the answer that is shown came after it. */
const toldBefore = ({ weekly, difficulty }: ItemData): string =>
  difficulty && weekly?.answer !== 'difficult' ? `（困难：${short(difficulty.text)}）` : '';
