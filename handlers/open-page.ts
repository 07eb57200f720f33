import type { Ledger } from '../ledger/define.ts';
import { type Content, ITEM_TABLE, OPEN, openLine, SHOW, WHOLE_LEDGER, WORKBOOK } from '../ledger/message.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Asking, Query } from './define.ts';
import { itemTableWay } from './item-table.ts';
import { keptBack } from './kept-back.ts';
import { workbookWay } from './workbook.ts';

/** 打开 台账: a way to the page from which those who keep the list take it away. */
function wholeLedger({ store, person }: Asking): Content {
  if (!store.ledgers.some(({ contents, overseenBy }) => contents && overseenBy(person)))
    throw new Refusal('not-permitted', '说情打招呼台账由纪检监察员导出。');
  const title = '说情打招呼台账';
  const refresh = openLine(WHOLE_LEDGER);
  return { kind: 'notice', title, tone: 'plain', sections: [], actions: [], refresh, confidential: true };
}

/** What is sealed is read there, and files are fetched from there, also those of an entry that is open. */
const hasPage = ({ contents, files }: Ledger): boolean => contents !== undefined || files !== undefined;

/** 打开 <编号>: a way to the page on which an entry is read, and its files are fetched and brought. */
export const openPage: Query = {
  kind: 'query',
  name: 'open',
  words: [OPEN],
  usage: `${OPEN} <编号>`,
  help: '在页面中查看一条记录，收发佐证文件，下载报告表',
  group: '查询',
  may: () => true,
  async relevant({ entries, store }) {
    for (const ledger of store.ledgers)
      if (hasPage(ledger) && (await entries.some({ ledger: ledger.name }))) return true;
    return false;
  },
  async answer(asking, typed) {
    const ref = typed.split(/\s/u)[0] ?? '';
    if (ref === WHOLE_LEDGER) return wholeLedger(asking);
    if (ref === ITEM_TABLE) return itemTableWay(asking);
    if (ref === WORKBOOK) return workbookWay(asking);
    if (ref === '') throw new Refusal('invalid-input', `请写明编号，例如「${OPEN} QX3F-8K2M」。`);
    const entry = await asking.entries.get(ref);
    if (hasPage(asking.entries.ledgerOf(entry))) return keptBack(asking, entry);
    const sentence = `${entry.ref} 没有另外的页面，请发送「${SHOW} ${entry.ref}」。`;
    throw new Refusal('invalid-input', sentence);
  },
};
