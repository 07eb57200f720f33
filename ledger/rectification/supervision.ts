import { type Line, linesOfEach } from '../../prisma/lines-of-each.ts';
import type { Calendar, CalendarDate } from '../calendar.ts';
import type { Person } from '../directory.ts';
import type { NoticeContent, Section } from '../message.ts';
import { recusalMark } from '../recusal.ts';
import type { Rows, Store } from '../store.ts';
import { ANSWERS, AT_WORK, dataSchema, itemData, type RectificationData } from './data.ts';
import { short } from './wording.ts';

/** Items shown on the card; a longer one would be no use on a phone, and platforms limit a card's size. */
const SHOWN = 20;

/** 周督查: one card a person with all that he has at work (S3: 「对整改工作采取周督查的方式」); nothing at work, no card. */
export async function supervisionCards(
  { keys, calendar }: Pick<Store, 'keys' | 'calendar'>,
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
  return new Map(
    [...lines].map(([personId, items]) => [personId, card(items.map(readLine), today, calendar)]),
  );
}

type Item = Omit<Line, 'data'> & { data: RectificationData };

const readLine = (line: Line): Item => ({ ...line, data: dataSchema.parse(line.data) });

function card(items: readonly Item[], today: CalendarDate, calendar: Calendar): NoticeContent {
  const week = calendar.weekOf(today);
  const open = items.filter(({ data }) => !answerIn(data, week)).length;
  const rest = items.length - SHOWN;
  return {
    kind: 'notice',
    title: `本周督查（${items.length} 项）`,
    tone: 'plain',
    sections: [
      { lines: ['点一下即可回复；也可以电话告知督查员。'] },
      ...items.slice(0, SHOWN).map((item) => itemSection(item, week, today)),
      ...(rest > 0 ? [{ lines: [`… 另有 ${rest} 项，请发送「我的整改」查看`] }] : []),
    ],
    actions: open > 1 ? [{ action: '按计划 全部', label: allAsPlanned(open, items.length) }] : [],
    refresh: '本周督查',
    isView: true,
  };
}

const allAsPlanned = (open: number, items: number): string =>
  open < items ? `其余 ${open} 项均按计划` : `${open} 项均按计划`;

function itemSection(item: Item, week: string, today: CalendarDate): Section {
  const heading = `${item.ref} ${short(item.title)}`;
  const due = item.dueOn ? [`时限 ${item.dueOn}${item.dueOn < today ? '（已逾期）' : ''}`] : [];
  const answer = answerIn(item.data, week);
  if (answer) return { heading, lines: [...due, `✓ 本周已回复：${answer}`] };
  const action = (word: string) => ({ action: `${word} ${item.ref}`, label: word });
  const words = [...(item.state === 'assigned' ? ['签收'] : []), '按计划', '有困难', '申请延期', '申请销号'];
  return { heading, lines: due, actions: words.map(action) };
}

/** What the responsible person answered that week, as people read it. */
export function answerIn(data: RectificationData, week: string): string | undefined {
  const { weekly } = itemData(data);
  if (weekly?.week !== week) return undefined;
  return `${ANSWERS[weekly.answer]}${weekly.text ? `，${short(weekly.text)}` : ''}`;
}
