import type { Ledger } from '../ledger/define.ts';
import type { Content } from '../ledger/message.ts';
import type { Asking, Query } from './define.ts';
import { entrySection } from './entry-section.ts';
import { pageActions, readPage } from './page.ts';

/** One query for each ledger: 「我的报告」, 「我的整改」. */
export const mineQueries = (ledgers: readonly Ledger[]): Query[] => ledgers.map(mineQuery);

function mineQuery(ledger: Ledger): Query {
  const { mine } = ledger;
  return {
    kind: 'query',
    name: `mine.${ledger.name}`,
    words: [mine.word, ...(mine.also ?? [])],
    usage: mine.word,
    help: mine.help,
    group: ledger.title,
    may: () => true,
    relevant: async ({ entries, person }) =>
      (ledger.filing !== undefined && !ledger.filing.by) ||
      (await entries.some({ ledger: ledger.name, personId: person.id, parts: mine.parts })),
    answer: (asking, typed) => listMine(asking, ledger, readPage(typed).number),
  };
}

async function listMine(asking: Asking, ledger: Ledger, page: number): Promise<Content> {
  const { mine, states } = ledger;
  const open = Object.keys(states).filter((state) => !states[state]?.closed);
  const filter = {
    ledger: ledger.name,
    personId: asking.person.id,
    parts: mine.parts,
    ...(mine.open && { states: open }),
  };
  const size = asking.store.rules.messages.pageSize;
  const total = await asking.entries.count(filter);
  const entries = await asking.entries.list(filter, { skip: (page - 1) * size, take: size });
  const pages = Math.max(1, Math.ceil(total / size));
  return {
    kind: 'notice',
    title: total === 0 ? `${mine.title}：暂无${mine.open ? '在办' : ''}事项` : `${mine.title}（${total} 项）`,
    tone: 'plain',
    sections: entries.map((entry) => entrySection(asking, entry)),
    actions: pageActions(mine.word, page, pages),
    refresh: page > 1 ? `${mine.word} 第${page}页` : mine.word,
    isView: true,
  };
}
