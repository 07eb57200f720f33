import { verifiedCopies } from '../fresh-record.ts';
import { assign, say } from '../jobs/at-work.ts';
import { openSampleRecord } from '../sample-record.ts';
import { Talk } from './talk.ts';

/** Monday, 10:00 on the bureau's clock. */
export const AT = new Date('2026-11-23T02:00:00Z');
/** Whose item Z1-1-1 is; Z1-1-2 is somebody else's. */
export const HIS = '方远山';
export const OFFICER = '程一禾';

/** People talk to a bureau that shows no forms, anew for each test; after each, the audit trail holds. */
export function talkAtWork(begin: (talk: Talk) => void): void {
  verifiedCopies(
    async () => {
      const record = await openSampleRecord(AT);
      const given = { responsible: [HIS], dueOn: '2026-12-31', at: AT };
      await assign(record.store, 'Z1-1-1', given);
      await say(record.store, HIS, ['签收', 'Z1-1-1'], AT);
      await assign(record.store, 'Z1-1-2', { ...given, responsible: ['许星阑'] });
      return record;
    },
    ({ store }) => begin(new Talk(store, AT)),
  );
}
