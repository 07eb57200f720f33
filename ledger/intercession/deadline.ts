import type { Calendar, CalendarDate } from '../calendar.ts';
import type { Entry, Reading } from '../define.ts';
import type { Person } from '../directory.ts';
import { type Action, type NoticeContent, type Section, showLine } from '../message.ts';
import type { IntercessionContents } from './contents.ts';

/** What is asked of the officers in each state that has a date. */
const ASKED: Readonly<Record<string, { term: string; words: readonly string[] }>> = {
  submitted: { term: '受理', words: ['受理', '备查'] },
  accepted: { term: '甄别', words: ['甄别', '备查'] },
  screening: { term: '甄别', words: ['甄别', '备查'] },
  objected: { term: '复核', words: ['复核'] },
  inquiry: { term: '处置', words: ['处置', '反馈'] },
  suspected: { term: '处置', words: ['处置', '反馈'] },
  disposing: { term: '反馈', words: ['反馈'] },
};

/** The states in which a date runs. */
export const REMINDED: readonly string[] = Object.keys(ASKED);

/** Whether the reporter objected to what this very person decided: another one has to review it. */
export function isJudgedBy({ id }: Pick<Person, 'id'>, reading: Reading | undefined): boolean {
  if (reading?.entry.state !== 'objected') return false;
  return (reading.contents as IntercessionContents).judgedBy === id;
}

/** Of each record the number, what is to be done and by when; nothing of what it says. */
export function deadlineCard(
  entries: readonly Entry[],
  today: CalendarDate,
  calendar: Calendar,
): NoticeContent {
  const isOverdue = entries.some(({ dueOn }) => dueOn !== null && dueOn < today);
  return {
    kind: 'notice',
    title: `说情打招呼记录办理提醒（${entries.length} 项）`,
    tone: isOverdue ? 'red' : 'yellow',
    sections: entries.slice(0, SHOWN).map((entry) => section(entry, today, calendar)),
    actions: [{ action: '待甄别', label: '待甄别', style: 'primary' }],
    refresh: showLine(...entries.slice(0, SHOWN).map(({ ref }) => ref)),
  };
}

/** All others stand in 「待甄别」. */
const SHOWN = 20;

function section(entry: Entry, today: CalendarDate, calendar: Calendar): Section {
  const { ref, version, state, dueOn } = entry;
  const { term = '办理', words = [] } = ASKED[state] ?? {};
  const left = calendar.daysBetween(today, dueOn ?? today);
  const when = left < 0 ? `已逾期 ${-left} 天` : '今天到期';
  const actions: Action[] = words.map((word) => ({ action: `${word} ${ref}@${version}`, label: word }));
  return {
    lines: [`${ref} ${term}时限 ${dueOn}，${when}`],
    actions: [...actions, { action: showLine(ref), label: '查看' }],
  };
}
