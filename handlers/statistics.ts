import type { Ledger } from '../ledger/define.ts';
import type { Content, Section, TableContent } from '../ledger/message.ts';
import type { Asking, Query } from './define.ts';

/** 统计: figures of the ledgers that this person oversees, as far as he may see them. */
export const statistics: Query = {
  kind: 'query',
  name: 'statistics',
  words: ['统计'],
  usage: '统计',
  help: '查看台账的数字',
  group: '查询',
  may: () => true,
  relevant: async ({ store, person }) => store.ledgers.some((ledger) => ledger.overseenBy(person)),
  async answer(asking, typed) {
    const overseen = asking.store.ledgers.filter((ledger) => ledger.overseenBy(asking.person));
    const tables = (await Promise.all(overseen.map((ledger) => tablesOf(asking, ledger)))).flat();
    const sections = await Promise.all(overseen.map((ledger) => byState(asking, ledger)));
    const shown = tables.find(({ title }) => title === typed) ?? tables[0];
    if (shown) return withTheRest(shown, tables, sections);
    return {
      kind: 'notice',
      title: sections.length > 0 ? '统计' : '没有由您统计的台账',
      tone: 'plain',
      sections,
      actions: [],
    } satisfies Content;
  },
};

/** One table at a time; a button leads to each of the others. */
function withTheRest(shown: TableContent, tables: readonly TableContent[], sections: Section[]): Content {
  const others = tables.filter((table) => table !== shown);
  return {
    ...shown,
    footer: [...sections.flatMap(asLines), ...shown.footer],
    actions: [...shown.actions, ...others.map(({ title }) => ({ action: `统计 ${title}`, label: title }))],
    refresh: `统计 ${shown.title}`,
    isView: true,
  };
}

const tablesOf = async (asking: Asking, ledger: Ledger): Promise<TableContent[]> =>
  (await ledger.statistics?.(asking.entries, {
    today: asking.today,
    directory: asking.directory,
    rules: asking.store.rules,
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
