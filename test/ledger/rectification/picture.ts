import { dataSchema, type ItemData } from '../../../ledger/rectification/data.ts';
import type { Store } from '../../../ledger/store.ts';
import type { Item } from './rules-of-moves.ts';

/** The ledger as the rules look at it. */
export interface Picture {
  items: Map<string, Item>;
  audit: number;
  messages: number;
}

export async function picture({ database }: Store): Promise<Picture> {
  const entries = await database.rows.entry.findMany({
    where: { ledger: 'rectification' },
    include: { people: true },
  });
  const items = entries.map((entry): [string, Item] => {
    const data = dataSchema.parse(entry.data);
    const taking = (part: string) =>
      entry.people.filter((each) => each.part === part).map(({ personId }) => personId);
    const { application, reviewedBy, approvedBy, deferral, deferredFrom } =
      data.level === 'round' ? ({} as ItemData) : data;
    return [
      entry.ref,
      {
        ref: entry.ref,
        parent: entry.ref.includes('-') ? entry.ref.slice(0, entry.ref.lastIndexOf('-')) : undefined,
        state: entry.state,
        version: entry.version,
        closed: entry.closedAt !== null,
        dueOn: entry.dueOn ?? undefined,
        leader: taking('leader'),
        responsible: taking('responsible'),
        assistant: taking('assistant'),
        applicant: application?.by,
        reviewedBy,
        approvedBy,
        deferredTo: deferral?.to,
        deferrals: deferredFrom?.length ?? 0,
      },
    ];
  });
  return {
    items: new Map(items),
    audit: await database.rows.auditRecord.count(),
    messages: await database.rows.outbox.count(),
  };
}
