import type { Entry } from '../ledger/define.ts';
import { type NoticeContent, openLine, showLine } from '../ledger/message.ts';
import { stateLabel } from '../ledger/state-label.ts';
import type { Asking } from './define.ts';
import { moveActions } from './entry-section.ts';

/** What stands in the chat for an entry whose contents do not travel by it: number, state, what can be done. */
export function keptBack(asking: Asking, entry: Entry): NoticeContent {
  const ledger = asking.entries.ledgerOf(entry);
  return {
    kind: 'notice',
    title: `${entry.ref} · ${stateLabel(ledger, entry, asking.person)}`,
    tone: ledger.states[entry.state]?.closed ? 'green' : 'plain',
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
