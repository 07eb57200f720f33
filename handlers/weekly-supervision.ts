import { type Content, text } from '../ledger/message.ts';
import { rectification } from '../ledger/rectification/rectification.ts';
import { supervisionCards } from '../ledger/rectification/supervision.ts';
import { summaryCard } from '../ledger/rectification/weekly-summary.ts';
import type { Query } from './define.ts';

/** 本周督查: this week's card, to be answered with its buttons; for who oversees, what was answered. */
export const weeklySupervision: Query = {
  kind: 'query',
  name: 'weekly-supervision',
  words: ['本周督查', '周督查'],
  usage: '本周督查',
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
