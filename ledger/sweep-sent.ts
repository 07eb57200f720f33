import type { Rows, Rules } from './store.ts';
import { WITHIN } from './within.ts';

/** What says something every week, and looks no further back than that. */
const WEEKLY = ['weekly-card', 'weekly-summary', 'leaders-digest', 'intercession-deadlines'];

/**
 * Forgets up to `most` of each of what went out long ago: that a message was sent, or given up, that a job said what it says
 * weekly, and how to show a card anew. What waits to be sent stays, however old it is, and so does what a job does once for
 * ever. A card that is forgotten stays in its chat as it is; its buttons go on working, since each names the version that it
 * is about.
 * @returns whether something is left for another turn
 */
export async function sweepSent(rows: Rows, at: Date, rules: Rules, most: number): Promise<boolean> {
  const { messages, undelivered, cards } = rules.retention;
  const before = (days: number) => new Date(at.getTime() - days * DAY_MS);
  const swept = [
    await rows.outbox.deleteMany({
      where: { state: { in: ['sent', WITHIN] }, notBefore: { lt: before(messages) } },
      limit: most,
    }),
    await rows.outbox.deleteMany({
      where: { state: 'dead', notBefore: { lt: before(undelivered) } },
      limit: most,
    }),
    await rows.jobRun.deleteMany({
      where: { job: { in: WEEKLY }, ranAt: { lt: before(messages) } },
      limit: most,
    }),
    await rows.heldCard.deleteMany({ where: { sentAt: { lt: before(cards) } }, limit: most }),
  ];
  return swept.some(({ count }) => count >= most);
}

const DAY_MS = 86_400_000;
