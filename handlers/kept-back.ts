import type { Entry } from '../ledger/define.ts';
import { type NoticeContent, openLine, showLine } from '../ledger/message.ts';
import type { Asking } from './define.ts';
import { moveActions } from './entry-section.ts';

/** What stands in the chat for an entry whose contents do not travel by it: number, state, what can be done. */
export function keptBack(asking: Asking, entry: Entry): NoticeContent {
  const state = asking.entries.ledgerOf(entry).states[entry.state];
  return {
    kind: 'notice',
    title: `${entry.ref} · ${state?.label ?? entry.state}`,
    tone: state?.closed ? 'green' : 'plain',
    sections: [{ lines: ['内容不经聊天传递，请打开页面查看和办理。'] }],
    actions: [
      { action: openLine(entry.ref), label: '打开', style: 'primary' },
      ...moveActions(asking, entry),
    ],
    refresh: showLine(entry.ref),
    isView: true,
    confidential: true,
  };
}
