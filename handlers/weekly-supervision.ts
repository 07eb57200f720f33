import type { Person } from '../ledger/directory.ts';
import { type Content, text } from '../ledger/message.ts';
import { rectification } from '../ledger/rectification/rectification.ts';
import { supervisionCards } from '../ledger/rectification/supervision.ts';
import { summaryCard } from '../ledger/rectification/weekly-summary.ts';
import type { Store } from '../ledger/store.ts';
import type { Query } from './define.ts';

export const SUPERVISION_WORD = '本周督查';

/** Whether the word shows him the summary: who has items of his own is shown those. */
export const isSummaryShown = async (store: Store, person: Person, today: string): Promise<boolean> =>
  rectification.overseenBy(person) &&
  !(await supervisionCards(store, store.database.rows, [person], today)).has(person.id);

/** 本周督查: this week's card, to be answered with its buttons; for who oversees, what was answered. */
export const weeklySupervision: Query = {
  kind: 'query',
  name: 'weekly-supervision',
  words: [SUPERVISION_WORD, '周督查'],
  usage: SUPERVISION_WORD,
  help: '查看并回复本周督查',
  group: '整改台账',
  may: () => true,
  relevant: async ({ entries, person }) =>
    rectification.overseenBy(person) ||
    (await entries.some({ ledger: rectification.name, personId: person.id })),
  async answer({ entries, person, today, store, rows, directory }): Promise<Content> {
    const own = (await supervisionCards(store, rows, [person], today)).get(person.id);
    if (own) return own;
    const overseen = rectification.overseenBy(person)
      ? await summaryCard({ entries, person, part: undefined, today, directory, store })
      : undefined;
    return overseen ?? text('本周没有需要您回复的整改事项。');
  },
};
