import { type Content, ITEM_TABLE, openLine } from '../ledger/message.ts';
import { LEDGER } from '../ledger/rectification/round-parts.ts';
import type { Asking, Query } from './define.ts';

/** The way to the page on which 整改台账 stands as a table: whoever asks sees there what he may see. */
export function itemTableWay(_: Asking): Content {
  const refresh = openLine(ITEM_TABLE);
  return {
    ...{ kind: 'notice', title: ITEM_TABLE, tone: 'plain', sections: [], actions: [], refresh },
    confidential: true,
  };
}

/** 台账页. */
export const itemTable: Query = {
  kind: 'query',
  name: 'item-table',
  words: ['台账页', '台账页面'],
  usage: '台账页',
  help: '在页面中以表格查看整改台账：筛选、排序、分组、批量指派、打印',
  group: '整改台账',
  may: () => true,
  async relevant({ entries, person, store }) {
    const oversees = store.ledgers.some(({ name, overseenBy }) => name === LEDGER && overseenBy(person));
    return oversees || (await entries.partsOf(person.id, LEDGER)).size > 0;
  },
  answer: async (asking) => itemTableWay(asking),
};
