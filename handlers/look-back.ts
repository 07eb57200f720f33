import type { Content } from '../ledger/message.ts';
import { lookBackDue } from '../ledger/rectification/look-back-due.ts';
import { rectification } from '../ledger/rectification/rectification.ts';
import type { Query } from './define.ts';
import { entrySection } from './entry-section.ts';
import { pageActions, readPage } from './page.ts';

/** 回头看: what was closed three months ago and is to be looked at again. */
export const lookBack: Query = {
  kind: 'query',
  name: 'look-back',
  words: ['回头看'],
  usage: '回头看',
  help: '列出销号满期、等待回头看的事项，登记巩固或反弹',
  group: rectification.title,
  may: ({ roles }) => roles.includes('supervisor') || roles.includes('discipline'),
  async answer(asking, typed): Promise<Content> {
    const due = await lookBackDue(asking.entries, asking.store, asking.today);
    const size = asking.store.rules.messages.pageSize;
    const pages = Math.max(1, Math.ceil(due.length / size));
    const page = Math.min(readPage(typed).number, pages);
    return {
      kind: 'notice',
      title: due.length === 0 ? '回头看：暂无到期事项' : `回头看到期（${due.length} 项）`,
      tone: 'plain',
      sections: due.slice((page - 1) * size, page * size).map((entry) => entrySection(asking, entry)),
      actions: pageActions('回头看', page, pages),
      refresh: page > 1 ? `回头看 第${page}页` : '回头看',
      isView: true,
    };
  },
};
