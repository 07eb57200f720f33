import type { Ledger } from '../ledger/define.ts';
import type { Content, Section, TableContent } from '../ledger/message.ts';
import { type Period, periodWith, readPeriod } from '../ledger/period.ts';
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
    const overseen = asking.store.ledgers.filter((ledger) => ledger.overseenBy(asking.person));
    const { period, rest } = readTyped(asking, typed);
    const tables = (await Promise.all(overseen.map((ledger) => tablesOf(asking, ledger, period)))).flat();
    const open = overseen.filter(({ hidesSmallFigures }) => !hidesSmallFigures);
    const sections = await Promise.all(open.map((ledger) => byState(asking, ledger)));
    const shown = tables.find(({ title }) => title.startsWith(rest)) ?? tables[0];
    if (shown) return withTheRest(shown, tables, sections, period);
    return {
      kind: 'notice',
      title: sections.length > 0 ? '统计' : '没有由您统计的台账',
      tone: 'plain',
      sections,
      actions: [],
    } satisfies Content;
  },
};

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
    Object.entries(ledger.states).map(async ([state, { label }]) => {
      const count = await entries.figure({ ledger: ledger.name, states: [state], leaf: true });
      return { label, count };
    }),
  );
  const lines = counts.filter(({ count }) => count > 0).map(({ label, count }) => `${label} ${count}`);
  return { heading: ledger.title, lines: [lines.length > 0 ? lines.join(' · ') : '暂无记录'] };
}

const asLines = ({ heading, lines }: Section): string[] => lines.map((line) => `${heading}：${line}`);
