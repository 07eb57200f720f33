import type { EntryFilter } from '../ledger/entry.ts';
import type { Content, Section } from '../ledger/message.ts';
import { periodWith } from '../ledger/period.ts';
import { OPEN } from '../ledger/rectification/data.ts';
import { isWaiting, redLine } from '../ledger/rectification/digest/overdue.ts';
import { dateWord } from '../ledger/rectification/due-word.ts';
import { waitingWord } from '../ledger/rectification/figures/applied-in-time.ts';
import { departmentsOf } from '../ledger/rectification/figures/departments.ts';
import { countFigures, countOverdue, ITEMS, totalOf } from '../ledger/rectification/figures/figures.ts';
import {
  overdueWord,
  PROGRESS,
  progressOf,
  QUALITY,
  qualityOf,
} from '../ledger/rectification/figures/words.ts';
import { namesOf } from '../ledger/rectification/people-of.ts';
import { rectification } from '../ledger/rectification/rectification.ts';
import { short } from '../ledger/rectification/wording.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Asking, Query } from './define.ts';
import { pageActions, readPage } from './page.ts';

/** 本科室: what is open in a department, for its head; for a 责任领导, of each department what he answers for. */
export const department: Query = {
  kind: 'query',
  name: 'department',
  words: ['本科室'],
  usage: '本科室 [科室]',
  help: '查看本科室（责任领导：所分管科室）在办的整改事项：逾期的在前，两周内到期的，和本年数字',
  group: rectification.title,
  may: (person) => person.isHead || person.roles.includes('leader'),
  relevant: ({ entries, person }) => entries.some(mine(person)),
  async answer(asking, typed): Promise<Content> {
    const { number, rest } = readPage(typed);
    const choices = await departmentsFor(asking);
    const chosen = rest === '' ? choices[0] : choices.find(({ name }) => name === rest);
    if (!chosen) return nothing(rest, choices);
    return card(asking, chosen, choices, number);
  },
};

type Department = ReturnType<typeof departmentsOf>[number];

const mine = ({ id, isHead, departmentId }: Asking['person']): EntryFilter =>
  isHead ? { ...ITEMS, departmentId } : { ...ITEMS, personId: id, parts: ['leader'] };

/** His own first, then those of the items that he is 责任领导 of, in the order of the roster. */
async function departmentsFor({ entries, person, directory }: Asking): Promise<Department[]> {
  const led = await entries.groups({ ...ITEMS, personId: person.id, parts: ['leader'] }, 'seen');
  const ids = new Set(led.map(({ departmentId }) => departmentId));
  const all = departmentsOf(directory);
  const own = person.isHead ? all.filter(({ id }) => id === person.departmentId) : [];
  return [...own, ...all.filter((each) => ids.has(each.id) && !own.includes(each))];
}

/** @throws Refusal where a department was named that is not his to look at */
function nothing(typed: string, choices: readonly Department[]): Content {
  if (typed !== '') {
    const his = choices.map(({ name }) => name).join('、') || '（暂无）';
    throw new Refusal('invalid-input', `「${typed}」不是您可以查看的科室，您可以查看：${his}。`);
  }
  return { kind: 'notice', title: '本科室：暂无整改事项', tone: 'plain', sections: [], actions: [] };
}

async function card(
  asking: Asking,
  { id, name }: Department,
  choices: readonly Department[],
  number: number,
): Promise<Content> {
  const { entries, store, today } = asking;
  // Not his own: only the items that he is 责任领导 of.
  const isOwn = asking.person.isHead && id === asking.person.departmentId;
  const of = { departmentId: id, ...(!isOwn && { personId: asking.person.id, parts: ['leader'] }) };
  const filter = { ...ITEMS, ...of, states: OPEN };
  const size = store.rules.messages.pageSize;
  const total = await entries.count(filter);
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(number, pages);
  const items = await entries.list(filter, { skip: (page - 1) * size, take: size, order: 'due' });
  const over = await countOverdue({ entries, among: 'seen', today, of });
  const line = `本科室 ${name}`;
  const others = choices.filter((each) => each.id !== id).map((each) => each.name);
  return {
    kind: 'notice',
    title: `${name}：未销号 ${total} 项${isOwn ? '' : '（由您任责任领导的）'}`,
    tone: over.overdue > over.appliedInTime ? 'red' : 'plain',
    sections: [
      ...(page === 1 ? [await summary(asking, of, over)] : []),
      ...items.map((item) => section(asking, item)),
    ],
    actions: [
      ...pageActions(line, page, pages),
      ...others.map((other) => ({ action: `本科室 ${other}`, label: other })),
    ],
    refresh: page > 1 ? `${line} 第${page}页` : line,
    isView: true,
  };
}

/** Days ahead of what falls due soon. */
const SOON_DAYS = 14;

type Over = Awaited<ReturnType<typeof countOverdue>>;

async function summary(asking: Asking, of: EntryFilter, over: Over): Promise<Section> {
  const { entries, store, today } = asking;
  const { calendar } = store;
  const soon = {
    dueAfter: calendar.addDays(today, -1),
    dueBefore: calendar.addDays(today, SOON_DAYS + 1),
  };
  const due = await entries.count({ ...ITEMS, ...of, states: OPEN, ...soon });
  const period = periodWith(today, 'year', calendar);
  const figures = totalOf(await countFigures({ entries, among: 'seen', period, today, calendar, of }));
  const pairs = (names: readonly string[], cells: readonly string[]) =>
    names.map((name, index) => `${name} ${cells[index]}`).join(' · ');
  return {
    heading: `已逾期 ${overdueWord(over, ' 项')}，两周内到期 ${due} 项`,
    lines: [
      `${period.name}：${pairs(PROGRESS, progressOf(figures))}`,
      pairs(QUALITY, qualityOf(figures)),
      '各项数字的含义见「统计 整改」。',
    ],
  };
}

function section({ today, directory, store, entries }: Asking, item: Parameters<typeof redLine>[0]): Section {
  const isOver = item.dueOn !== null && item.dueOn < today;
  const label = entries.ledgerOf(item).states[item.state]?.label ?? item.state;
  const state = isOver && isWaiting(item) ? waitingWord(item, directory) : label;
  const who = namesOf(item, 'responsible', directory);
  const due = item.dueOn === null ? '时限 未定' : dateWord(item.dueOn, Object(item.data));
  return {
    lines: [
      isOver && !isWaiting(item)
        ? `🔴 ${redLine(item, { today, directory, store })} · ${state}`
        : `${item.ref} ${short(item.title)}（${who}）：${due} · ${state}`,
    ],
    actions: [{ action: `查看 ${item.ref}`, label: '查看' }],
  };
}
