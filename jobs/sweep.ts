import { sweepBinding } from '../ledger/binding/sweep-binding.ts';
import { sweepLocalChat } from '../ledger/local-window.ts';
import { sweepPageLinks } from '../ledger/page-link.ts';
import { countUp } from '../ledger/store.ts';
import { sweepFiles } from '../ledger/sweep-files.ts';
import { sweepSent } from '../ledger/sweep-sent.ts';
import type { Job } from './define.ts';

const DAY_MS = 86_400_000;
/** Of each kind in one turn: after an upgrade there may be years of it, and nobody should wait for the whole. */
const AT_ONCE = 1000;

/**
 * Forgets what is not needed any longer: settled messages that will not come again, forms that were never sent, links to
 * pages, codes that ran out, and of what went out long ago that it did. Nothing that somebody recorded is ever swept, nor a
 * step of the chain.
 */
export const sweep: Job = {
  name: 'sweep',
  at: () => '03:00',
  async turn({ rows, at, store }) {
    const before = (days: number) => new Date(at.getTime() - days * DAY_MS);
    const { requests, drafts, cards } = store.rules.retention;
    const settled = await rows.request.deleteMany({
      where: { settledAt: { lt: before(requests) } },
      limit: AT_ONCE,
    });
    await rows.draft.deleteMany({ where: { changedAt: { lt: before(drafts) } } });
    await rows.dialogue.deleteMany({ where: { changedAt: { lt: before(drafts) } } });
    await sweepFiles(rows, before(drafts));
    await sweepPageLinks(rows, at);
    await sweepBinding(rows, at, store.rules);
    const isSentLeft = await sweepSent(rows, at, store.rules, AT_ONCE);
    const isChatLeft = await sweepLocalChat(rows, before(cards), AT_ONCE);
    const isLeft = settled.count >= AT_ONCE || isSentLeft || isChatLeft;
    // A service runs for months, and what was counted at its start is of a small record.
    if (!isLeft) await countUp(rows);
    return isLeft;
  },
};
