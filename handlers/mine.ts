import type { Entry, Ledger } from '../ledger/define.ts';
import type { Action, Content, Section } from '../ledger/message.ts';
import type { Asking, Query } from './define.ts';
import { entrySection, fileActions } from './entry-section.ts';
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
    sections: entries.map((entry) => ownSection(asking, entry)),
    actions: pageActions(mine.word, page, pages),
    refresh: page > 1 ? `${mine.word} 第${page}页` : mine.word,
    isView: true,
  };
}

function ownSection(asking: Asking, entry: Entry): Section {
  const { actions, ...section } = entrySection(asking, entry);
  if (!actions) return section;
  const at = placeOfFiles(asking.entries.ledgerOf(entry), actions);
  return {
    ...section,
    actions: [...actions.slice(0, at), ...fileActions(asking, entry), ...actions.slice(at)],
  };
}

/** 补充佐证 stands where the step stands that the files lead to, or would stand; else before 查看, which comes last everywhere. */
function placeOfFiles({ moves, files }: Ledger, actions: readonly Action[]): number {
  const end = moves.findIndex(({ name }) => name === files?.leadsTo);
  const later = actions.findIndex(({ label }) => moves.findIndex(({ word }) => word === label) > end);
  return end === -1 || later === -1 ? actions.length - 1 : later;
}
