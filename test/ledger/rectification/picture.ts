import { dataSchema, type ItemData } from '../../../ledger/rectification/data.ts';
import type { Store } from '../../../ledger/store.ts';
import type { Item } from './rules-of-moves.ts';

/** The ledger as the rules look at it. */
export interface Picture {
  items: Map<string, Item>;
  audit: number;
  messages: number;
}

export async function picture({ database, calendar }: Store): Promise<Picture> {
  const entries = await database.rows.entry.findMany({
    where: { ledger: 'rectification' },
    include: { people: true },
    orderBy: { refOrder: 'asc' },
  });
  const approvals = await database.rows.auditRecord.findMany({
    where: { action: 'rectification.approve' },
    orderBy: { seq: 'asc' },
    select: { entryId: true, at: true },
  });
  const approvedOn = new Map(approvals.map(({ entryId, at }) => [entryId, calendar.dateOf(at)]));
  const items = entries.map((entry): [string, Item] => {
    const read = dataSchema.parse(entry.data);
    const data = read.level === 'round' ? ({} as ItemData) : read;
    const taking = (part: string) =>
      entry.people.filter((each) => each.part === part).map(({ personId }) => personId);
    return [
      entry.ref,
      {
        ...saidOf(data),
        ref: entry.ref,
        level: read.level,
        parent: entry.ref.includes('-') ? entry.ref.slice(0, entry.ref.lastIndexOf('-')) : undefined,
        state: entry.state,
        version: entry.version,
        closedAt: entry.closedAt?.getTime(),
        dueOn: entry.dueOn ?? undefined,
        leader: taking('leader'),
        responsible: taking('responsible'),
        assistant: taking('assistant'),
        approvedOn: approvedOn.get(entry.id),
      },
    ];
  });
  return {
    items: new Map(items),
    audit: await database.rows.auditRecord.count(),
    messages: await database.rows.outbox.count(),
  };
}

/** What the item's data say, under the names of the rules. */
function saidOf(data: ItemData) {
  const { application, deferral, deferredFrom = [], stall, earlierDates = [], relapsedAt, files = [] } = data;
  return {
    oldDates: [...deferredFrom, ...earlierDates.map(({ on }) => on)],
    category: data.category,
    needsMeeting: data.needsMeeting === true,
    applicant: application?.by,
    responsibleThen: application?.responsible ?? [],
    reviewedBy: data.reviewedBy,
    approvedBy: data.approvedBy,
    hasMeeting: data.meeting !== undefined,
    earlier: (data.earlierClosings ?? []).map(({ by, responsible = [], reviewedBy, approvedBy }) => ({
      applicant: by,
      responsible,
      deciders: [reviewedBy, approvedBy].filter((id) => id !== undefined),
    })),
    files: files.filter(({ at }) => relapsedAt === undefined || at > relapsedAt).length,
    stateBefore: application?.before?.state,
    deferredTo: deferral?.to,
    deferrals: deferredFrom.length,
    stallUntil: stall?.until,
    askedBy: deferral?.by ?? stall?.by,
    lookBackOn: data.lookBackOn,
    relapses: data.relapses ?? 0,
    target: data.target,
    takenBy: data.weekly?.takenBy,
    weekly: data.weekly,
  };
}
