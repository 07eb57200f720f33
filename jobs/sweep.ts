import { sweepBinding } from '../ledger/binding/sweep-binding.ts';
import { sweepPageLinks } from '../ledger/page-link.ts';
import { sweepFiles } from '../ledger/sweep-files.ts';
import type { Job } from './define.ts';

const DAY_MS = 86_400_000;

/** Forgets what is not needed any longer: settled messages that will not come again, forms that were never sent, links to pages, codes that ran out. */
export const sweep: Job = {
  name: 'sweep',
  at: () => '03:00',
  async run({ rows, at, store }) {
    const before = (days: number) => new Date(at.getTime() - days * DAY_MS);
    const { requests, drafts } = store.rules.retention;
    await rows.request.deleteMany({ where: { settledAt: { lt: before(requests) } } });
    await rows.draft.deleteMany({ where: { changedAt: { lt: before(drafts) } } });
    await rows.dialogue.deleteMany({ where: { changedAt: { lt: before(drafts) } } });
    await sweepFiles(rows, before(drafts));
    await sweepPageLinks(rows, at);
    await sweepBinding(rows, at, store.rules);
  },
};
