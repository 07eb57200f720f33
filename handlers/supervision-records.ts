import { type EntryFilter, type StepFilter, tidyRef } from '../ledger/entry.ts';
import { type Content, type Section, showLine } from '../ledger/message.ts';
import { readDate } from '../ledger/read-date.ts';
import { rectification } from '../ledger/rectification/rectification.ts';
import { SUPERVISION_STEPS, supervisionLine } from '../ledger/rectification/supervision-steps.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Asking, Query } from './define.ts';
import { pageActions, readPage } from './page.ts';

/** 督查记录: who saw to what, and what was answered, of the items that the person may see; the newest first. */
export const supervisionRecords: Query = {
  kind: 'query',
  name: 'supervision-records',
  words: ['督查记录', '督查台账'],
  usage: '督查记录 [编号] [姓名] [起始日期]',
  help: '查看督查经过：周督查答复、电话、核查、审定、回头看，例如：督查记录 3-2，督查记录 11-01起',
  group: rectification.title,
  may: () => true,
  relevant: async ({ entries, person }) =>
    rectification.overseenBy(person) ||
    (await entries.some({ ledger: rectification.name, personId: person.id })),
  async answer(asking, typed): Promise<Content> {
    const { number, rest } = readPage(typed);
    const { filter, steps, understood } = await readConditions(asking, rest);
    const size = asking.store.rules.messages.pageSize;
    // One more than is shown tells whether there is another page; counting would go through all.
    const page = { skip: (number - 1) * size, take: size + 1 };
    const found = await asking.entries.steps(filter, steps, page);
    const line = rest ? `督查记录 ${rest}` : '督查记录';
    const hasMore = found.length > size;
    return {
      kind: 'notice',
      title: titleOf(found.length, number),
      tone: 'plain',
      sections: [
        ...(understood.length > 0 ? [{ lines: [`条件：${understood.join('、')}`] }] : []),
        ...found.slice(0, size).map((step) => section(asking, step)),
      ],
      actions: pageActions(line, number, hasMore ? number + 1 : number),
      refresh: number > 1 ? `${line} 第${number}页` : line,
      isView: true,
    };
  },
};

const titleOf = (found: number, page: number): string => {
  if (found === 0) return '督查记录：没有符合条件且您可以查看的记录';
  return page > 1 ? `督查记录（第 ${page} 页）` : '督查记录';
};

function section({ directory, store }: Asking, step: Parameters<typeof supervisionLine>[0]): Section {
  const at = store.calendar.minuteOf(step.at).replace('T', ' ');
  const who = directory.byId(step.actor)?.name ?? '系统';
  const answering = directory.byId(String(step.values.with ?? ''))?.name;
  return {
    heading: `${at} ${who}`,
    lines: [`${step.entry.ref} ${supervisionLine(step)}${answering ? `（通话人：${answering}）` : ''}`],
    actions: [{ action: showLine(step.entry.ref), label: '查看' }],
  };
}

interface Conditions {
  filter: EntryFilter;
  steps: StepFilter;
  /** What was taken from the words, to be said back. */
  understood: string[];
}

async function readConditions(asking: Asking, typed: string): Promise<Conditions> {
  const so: Conditions = {
    filter: { ledger: rectification.name },
    steps: { actions: SUPERVISION_STEPS },
    understood: [],
  };
  for (const word of typed.split(/[\s,，、]+/u).filter((each) => each !== '')) {
    const more = personIn(asking, word) ?? (await placeIn(asking, word)) ?? dateIn(asking, word);
    so.filter = { ...so.filter, ...more.filter };
    so.steps = { ...so.steps, ...more.steps };
    so.understood.push(more.understood);
  }
  return so;
}

interface Condition {
  filter?: EntryFilter;
  steps?: Partial<StepFilter>;
  understood: string;
}

/** Of who supervises, what he did; of anybody else, what was done about his items. */
function personIn({ directory }: Asking, word: string): Condition | undefined {
  const found = directory.named(word);
  if (found.length > 1)
    throw new Refusal('invalid-input', `有 ${found.length} 位「${word}」，请改用编号查询。`);
  const [person] = found;
  if (!person) return undefined;
  const { id, name, department, roles } = person;
  if (roles.includes('supervisor') || roles.includes('discipline'))
    return { steps: { actor: id }, understood: `${name}（${department}）经办` };
  return { filter: { personId: id }, understood: `${name}（${department}）的事项` };
}

/** A round, a problem with its measures, or one item. */
async function placeIn({ entries }: Asking, word: string): Promise<Condition | undefined> {
  const ref = tidyRef(word);
  if (!/^(Z\d+(-\d+)*|\d{1,3}(-\d{1,3})?)$/.test(ref) || /起$/u.test(word)) return undefined;
  const { ref: whole } = await entries.get(word);
  const isLeaf = !(await entries.some({ below: whole }));
  return { filter: isLeaf ? { refs: [whole] } : { below: whole }, understood: `编号 ${whole}` };
}

/** 「11-01起」「2026-11-01以来」: from that day on. A day to come is meant as last year's. */
function dateIn({ store, at, today }: Asking, word: string): Condition {
  const { calendar } = store;
  const typed = word.replace(/(?:起|以来|之后)$/u, '');
  const read = readDate(typed, at, calendar);
  const on = read > today ? calendar.addMonths(read, -12) : read;
  return { steps: { from: calendar.instantOf(on, '00:00') }, understood: `${on} 起` };
}
