import type { Calendar } from '../ledger/calendar.ts';
import type { Ledger } from '../ledger/define.ts';
import type { EntryFilter } from '../ledger/entry.ts';
import { tidyRef } from '../ledger/entry.ts';
import type { Content } from '../ledger/message.ts';
import { readDate } from '../ledger/read-date.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isLabel, isStateName } from '../ledger/state-label.ts';
import type { Asking, Query } from './define.ts';
import { entrySection } from './entry-section.ts';
import { pageActions, readPage } from './page.ts';

/** 台账: what the person may see, filtered by state, person, department, date and text. */
export const listEntries: Query = {
  kind: 'query',
  name: 'list',
  words: ['台账', '查询'],
  usage: '台账 [状态] [姓名] [科室] [逾期] [12-31前] [文字]',
  help: '按条件查询台账，例如：台账 整改中 高新技术科，台账 逾期',
  group: '查询',
  may: () => true,
  understand(sentence, { store }) {
    const said = sentence.replace(/[\s\p{P}]+$/u, '');
    const word = readPage(said).rest;
    return DUE_WORDS.has(word) || isStateName(store.ledgers, word) ? said : undefined;
  },
  async answer(asking, typed) {
    const { number, rest } = readPage(typed);
    const { filter, understood } = readFilter(asking, rest);
    const size = asking.store.rules.messages.pageSize;
    const total = await asking.entries.count(filter);
    const pages = Math.max(1, Math.ceil(total / size));
    const page = Math.min(number, pages);
    const entries = await asking.entries.list(filter, { skip: (page - 1) * size, take: size });
    const line = rest ? `台账 ${rest}` : '台账';
    return {
      kind: 'notice',
      title: titleOf(total, page, pages),
      tone: 'plain',
      sections: [
        ...(understood.length > 0 ? [{ lines: [`条件：${understood.join('、')}`] }] : []),
        ...entries.map((entry) => entrySection(asking, entry)),
      ],
      actions: pageActions(line, page, pages),
      refresh: page > 1 ? `${line} 第${page}页` : line,
      isView: true,
    } satisfies Content;
  },
};

function titleOf(total: number, page: number, pages: number): string {
  if (total === 0) return '台账：没有符合条件且您可以查看的事项';
  return `台账：共 ${total} 项${pages > 1 ? `，第 ${page}/${pages} 页` : ''}`;
}

/** Of whatever state that is not closed. */
const DUE_WORDS: ReadonlyMap<string, string> = new Map([
  ['逾期', '逾期'],
  ['已逾期', '逾期'],
  ['超期', '逾期'],
  ['在办', '在办'],
  ['未办结', '在办'],
  ['未销号', '在办'],
]);

interface Understood {
  filter: EntryFilter;
  /** What was taken from the words, to be said back. */
  understood: string[];
}

function readFilter(asking: Asking, typed: string): Understood {
  const start: Understood = { filter: { leaf: true }, understood: [] };
  const { filter, understood } = typed
    .split(/[\s,，、]+/u)
    .filter((word) => word !== '')
    .reduce((so, word) => {
      const meaning = readWord(asking, word);
      const text = meaning.filter.text && so.filter.text ? { text: `${so.filter.text} ${word}` } : {};
      return {
        filter: { ...so.filter, ...meaning.filter, ...text },
        understood: [...so.understood, ...meaning.understood],
      };
    }, start);
  return { filter: { ...filter, partsOnlyOf: wholesApart(asking.store.ledgers, filter) }, understood };
}

/** Where what only holds others is not meant: all but for who asks for it by its state. */
const wholesApart = (ledgers: readonly Ledger[], { stateLabel }: EntryFilter): string[] =>
  ledgers.flatMap(({ name, states, emptyWhole }) => {
    const label = emptyWhole === undefined ? undefined : states[emptyWhole]?.label;
    const isMeant = stateLabel !== undefined && label?.includes(stateLabel);
    return label === undefined || isMeant ? [] : [name];
  });

function readWord({ store, directory, today, at }: Asking, word: string): Understood {
  const ledger = store.ledgers.find(({ title, name }) => title.includes(word) || name === word);
  if (ledger) return { filter: { ledger: ledger.name }, understood: [ledger.title] };
  const standing = DUE_WORDS.get(word);
  if (standing !== undefined) {
    const due = standing === '逾期' ? { dueBefore: today } : {};
    return { filter: { ...due, states: openStates(store.ledgers) }, understood: [standing] };
  }
  if (isLabel(store.ledgers, word)) return { filter: { stateLabel: word }, understood: [`状态「${word}」`] };
  const [person] = directory.named(word);
  if (person)
    return { filter: { personId: person.id }, understood: [`${person.name}（${person.department}）`] };
  const department = directory.departmentNamed(word);
  if (department) return { filter: { departmentId: department.id }, understood: [department.name] };
  return readDue(word, at, store.calendar) ?? readRefOrText(word);
}

/** 「12-31前」, 「2026年3月底前」, 「下周五前」: up to and with that day. */
function readDue(word: string, at: Date, calendar: Calendar): Understood | undefined {
  const typed = /^(.{2,20}?)(?:之前|以前|前)$/u.exec(word)?.[1];
  if (!typed) return undefined;
  const on = readDate(typed, at, calendar);
  return { filter: { dueBefore: dayAfter(on, calendar) }, understood: [`时限不晚于 ${on}`] };
}

/** @throws Refusal when there is no such day */
function dayAfter(on: string, calendar: Calendar): string {
  try {
    return calendar.addDays(on, 1);
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    throw new Refusal('invalid-input', `日历上没有 ${on} 这一天，请写成「12-31前」或「2026-12-31前」。`);
  }
}

function readRefOrText(word: string): Understood {
  const ref = tidyRef(word);
  if (/^[A-Z]\d+(-\d+)?$/.test(ref)) return { filter: { below: ref }, understood: [`${ref} 之下`] };
  return { filter: { text: word }, understood: [`含「${word}」`] };
}

const openStates = (ledgers: readonly Ledger[]): string[] => [
  ...new Set(ledgers.flatMap(({ states }) => Object.keys(states).filter((state) => !states[state]?.closed))),
];
