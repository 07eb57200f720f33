import type { Prisma } from '../prisma/database.ts';
import type { CalendarDate } from './calendar.ts';

/** Which entries are meant, among those that somebody may see. */
export interface EntryFilter {
  ledger?: string;
  states?: readonly string[];
  /** What is in the name of its state, as the viewer may know it (ledger/state-label.ts). */
  stateLabel?: string;
  /** Not closed, or closed. */
  open?: boolean;
  /** Somebody's entries, by any part or by these. */
  personId?: string;
  personIds?: readonly string[];
  parts?: readonly string[];
  departmentId?: string;
  dueBefore?: CalendarDate;
  dueAfter?: CalendarDate;
  createdBetween?: Span;
  closedBetween?: Span;
  text?: string;
  parentId?: string | null;
  /** These and no other. */
  refs?: readonly string[];
  /** How the ref ends. */
  refEnd?: string;
  /** Only what stands below the entry with this ref, at any depth: refs of parts begin with the whole's. */
  below?: string;
  /** The one for which a receipt with this commitment was given. */
  commitment?: Uint8Array<ArrayBuffer>;
  /** Only entries with nothing below them. */
  leaf?: boolean;
}

/** From an instant up to, and without, another. */
export interface Span {
  from: Date;
  to: Date;
}

export function matching(filter: EntryFilter): Prisma.EntryWhereInput {
  const part = filter.parts && { part: { in: [...filter.parts] } };
  const personId = filter.personIds ? { in: [...filter.personIds] } : filter.personId;
  const who = { ...(personId && { personId }), ...part };
  const due = {
    ...(filter.dueBefore && { lt: filter.dueBefore }),
    ...(filter.dueAfter && { gt: filter.dueAfter }),
  };
  return {
    ...(filter.ledger && { ledger: filter.ledger }),
    ...(filter.states && { state: { in: [...filter.states] } }),
    ...(filter.open !== undefined && { closedAt: filter.open ? null : { not: null } }),
    ...(Object.keys(who).length > 0 && { people: { some: who } }),
    ...(filter.departmentId && { departmentId: filter.departmentId }),
    ...(Object.keys(due).length > 0 && { dueOn: due }),
    ...(filter.createdBetween && { createdAt: within(filter.createdBetween) }),
    ...(filter.closedBetween && { closedAt: within(filter.closedBetween) }),
    ...(filter.text && { AND: titleHas(filter.text) }),
    ...(filter.parentId !== undefined && { parentId: filter.parentId }),
    ...refsIn(filter),
    ...(filter.commitment && { receipts: { some: { commitment: filter.commitment } } }),
    ...(filter.leaf && { children: { none: {} } }),
  };
}

function refsIn({ refs, refEnd, below }: EntryFilter): Prisma.EntryWhereInput {
  const ref = {
    ...(refs && { in: [...refs] }),
    ...(refEnd && { endsWith: refEnd }),
    ...(below && { startsWith: `${below}-` }),
  };
  return Object.keys(ref).length > 0 ? { ref } : {};
}

/** `%` and `_` would stand for anything; what is between them is looked for instead. */
function titleHas(text: string): Prisma.EntryWhereInput[] {
  const pieces = text.split(/[%_]/u).filter((piece) => piece !== '');
  return pieces.length > 0 ? pieces.map((piece) => ({ title: { contains: piece } })) : [{ id: '' }];
}

const within = ({ from, to }: Span) => ({ gte: from, lt: to });
