import { chainHead } from '../ledger/audit/trail.ts';
import { digestCard, readsDigest } from '../ledger/digest-card.ts';
import type { Job } from './define.ts';

/** 周报: on the week's first workday, the figures of the week before, the ledgers as they stand, and the chain's head. */
export const leadersDigest: Job = {
  name: 'leaders-digest',
  at: (rules) => rules.leadersDigest.at,
  async run(operation) {
    const { store, rows, at, today, directory } = operation;
    const { calendar, rules } = store;
    const first = calendar.firstWorkdayOfWeek(today);
    if (!first) return;
    const dueAt = calendar.instantOf(first, rules.leadersDigest.at);
    if (at < dueAt || !(await operation.anythingBefore(dueAt))) return;
    const week = calendar.weekOf(today);
    if (!(await operation.isFirst(leadersDigest.name, week))) return;
    const { hash } = await chainHead(rows);
    const readers = directory.people.filter(readsDigest);
    if (readers.length === 0) return;
    await rows.anchor.upsert({
      where: { hash: new Uint8Array(Buffer.from(hash, 'hex')) },
      create: { hash: new Uint8Array(Buffer.from(hash, 'hex')), givenAt: at },
      update: {},
    });
    for (const person of readers)
      operation.post({
        key: `${leadersDigest.name}:${week}:${person.id}`,
        personId: person.id,
        job: 'leaders-digest',
        content: await digestCard(operation, person, hash),
      });
  },
};
