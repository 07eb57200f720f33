import type { Ledger } from '../ledger/define.ts';
import type { Content, Section, TableContent } from '../ledger/message.ts';
import { type Period, periodWith, readPeriod } from '../ledger/period.ts';
import { TAKEN_OUT } from '../ledger/taken-out.ts';
import type { Asking, Query } from './define.ts';

/** 统计: figures of the ledgers that this person oversees, as far as he may see them. */
export const statistics: Query = {
  kind: 'query',
  name: 'statistics',
  words: ['统计'],
  usage: '统计',
  help: '查看台账的数字，例如：统计，统计 说情 2026-10',
  group: '查询',
  may: () => true,
  relevant: async ({ store, person }) => store.ledgers.some((ledger) => ledger.overseenBy(person)),
  async answer(asking, typed) {
    const overseen = overseenBy(asking);
    const { period, rest } = readTyped(asking, typed);
    const perLedger = await Promise.all(overseen.map((ledger) => tablesOf(asking, ledger, period)));
    const tables = perLedger.flat();
    const open = overseen.filter(({ hidesSmallFigures }) => !hidesSmallFigures);
    const sections = await Promise.all(open.map((ledger) => byState(asking, ledger)));
    const named = overseen.findIndex(({ title }) => title.includes(rest));
    const shown = tables.find(({ title }) => title.includes(rest)) ?? perLedger[named]?.[0];
    if (shown) return withTheRest(shown, tables, sections, period);
    if (rest !== '') return noSuchTable(asking, rest, await tablesOfThisYear(asking, overseen));
    return {
      kind: 'notice',
      title: sections.length > 0 ? '统计' : '没有由您统计的台账',
      tone: 'plain',
      sections,
      actions: [],
    } satisfies Content;
  },
};

/** What can be read as it is goes before what is hidden where it is small. */
const overseenBy = ({ store, person }: Asking): Ledger[] =>
  store.ledgers
    .filter((ledger) => ledger.overseenBy(person))
    .sort((a, b) => Number(a.hidesSmallFigures ?? false) - Number(b.hidesSmallFigures ?? false));

/** The asked table is not there for this person: the same words whatever is in the ledger, and what there is for him. */
function noSuchTable({ store, person }: Asking, rest: string, tables: readonly TableContent[]): Content {
  const [asked = rest] = rest.split('·');
  const ledger = store.ledgers.find((each) => each.title.includes(asked) && !each.overseenBy(person));
  const own = ledger ?? store.ledgers.find(({ filing }) => filing !== undefined);
  return {
    kind: 'notice',
    title: ledger ? `「${ledger.title}」的统计不在您可以查看的范围内` : '没有这张统计表',
    tone: 'plain',
    sections: [
      {
        lines: [
          ...(ledger ? ['这只与职责分工有关，不表示有没有记录。'] : []),
          tables.length > 0
            ? '您可以查看的统计如下。'
            : `您没有可以查看的统计；本人的事项请发送「${own?.mine.word}」。`,
        ],
      },
    ],
    actions:
      tables.length > 0
        ? tables.map(({ title }) => ({ action: `统计 ${title}`, label: title }))
        : own
          ? [{ action: own.mine.word, label: own.mine.word }]
          : [],
  };
}

interface Typed {
  /** Where one was said. */
  period?: Period;
  rest: string;
}

function readTyped({ today, store }: Asking, typed: string): Typed {
  const words = typed.split(/\s+/u).filter((word) => word !== '');
  const periods = words.map((word) => readPeriod(word, today, store.calendar));
  const period = periods.find((read) => read !== undefined);
  return { rest: words.filter((_, index) => !periods[index]).join(' '), ...(period && { period }) };
}

/** One table at a time; a button leads to each of the others. */
function withTheRest(
  shown: TableContent,
  tables: readonly TableContent[],
  sections: Section[],
  period: Period | undefined,
): Content {
  const line = ({ title }: TableContent) => ['统计', title, ...(period ? [period.id] : [])].join(' ');
  const others = tables.filter((table) => table !== shown);
  return {
    ...shown,
    footer: [...sections.flatMap(asLines), ...shown.footer],
    actions: [...shown.actions, ...others.map((other) => ({ action: line(other), label: other.title }))],
    refresh: line(shown),
    isView: true,
  };
}

/** In the period that was asked for there may be none. */
const tablesOfThisYear = async (asking: Asking, ledgers: readonly Ledger[]): Promise<TableContent[]> =>
  (await Promise.all(ledgers.map((ledger) => tablesOf(asking, ledger)))).flat();

const tablesOf = async (
  { entries, today, store, directory }: Asking,
  ledger: Ledger,
  period = periodWith(today, 'year', store.calendar),
): Promise<TableContent[]> =>
  (await ledger.statistics?.(entries, {
    today,
    period,
    calendar: store.calendar,
    directory,
    rules: store.rules,
  })) ?? [];

async function byState({ entries }: Asking, ledger: Ledger): Promise<Section> {
  const counts = await Promise.all(
    standing(ledger).map(async ([state, { label }]) => {
      const partsOnly = ledger.emptyWhole !== undefined && { isPart: true as const };
      const count = await entries.figure({ ledger: ledger.name, states: [state], leaf: true, ...partsOnly });
      return { label, count };
    }),
  );
  const lines = counts.filter(({ count }) => count > 0).map(({ label, count }) => `${label} ${count}`);
  return { heading: ledger.title, lines: [lines.length > 0 ? lines.join(' · ') : '暂无记录'] };
}

/** What was taken out is in no figure. */
const standing = ({ states }: Ledger) => Object.entries(states).filter(([state]) => state !== TAKEN_OUT);

const asLines = ({ heading, lines }: Section): string[] => lines.map((line) => `${heading}：${line}`);
