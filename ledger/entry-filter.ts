import type { Prisma } from '../prisma/database.ts';
import type { CalendarDate } from './calendar.ts';
import { ordersBelow } from './ref-order.ts';
import { TAKEN_OUT } from './taken-out.ts';

/** Which entries are meant, among those that somebody may see; none that was taken out, unless its state is named. */
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
  /** In which the person takes part, or that are with the department: for somebody who sees no others anyway. */
  within?: { personId: string; departmentId?: string };
  /** In which this person takes this part, or nobody does. */
  held?: { part: string; by: string | null };
  /** With no department, or with another than these. */
  elsewhere?: null | readonly string[];
  /** What its own data says, under a name. */
  says?: { name: string; value: string };
  dueBefore?: CalendarDate;
  dueAfter?: CalendarDate;
  createdBetween?: Span;
  closedBetween?: Span;
  /** Filed before that instant. */
  createdBefore?: Date;
  /** Open, or closed from that instant on. */
  notClosedBefore?: Date;
  /** With exactly these facets, or these. */
  facets?: readonly Prisma.InputJsonObject[];
  text?: string;
  parentId?: string | null;
  /** Only what stands below something else. */
  isPart?: true;
  /** In these ledgers the same: what stands on top there only holds others (`Ledger.emptyWhole`). */
  partsOnlyOf?: readonly string[];
  /** These and no other. */
  refs?: readonly string[];
  ids?: readonly string[];
  /** How the ref ends. */
  refEnd?: string;
  /** Only what stands below the entry with this ref, at any depth: refs of parts begin with the whole's. */
  below?: string;
  /** The one for which a receipt with this commitment was given. */
  commitment?: Uint8Array<ArrayBuffer>;
  /** Only entries with nothing below them. */
  leaf?: boolean;
  /** Only what is hidden from nobody: for what may be shown of it to whoever it is. */
  hiddenFromNobody?: true;
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
    AND: [
      ...(filter.text ? titleHas(filter.text) : []),
      ...counting(filter),
      ...reached(filter),
      ...placed(filter),
      ...standing(filter),
    ],
    ...(filter.parentId !== undefined && { parentId: filter.parentId }),
    ...(filter.isPart && { parentId: { not: null } }),
    ...(filter.partsOnlyOf && { NOT: { ledger: { in: [...filter.partsOnlyOf] }, parentId: null } }),
    ...(filter.says && { data: { path: `$.${filter.says.name}`, equals: filter.says.value } }),
    ...refsIn(filter),
    ...(filter.ids && { id: { in: [...filter.ids] } }),
    ...(filter.commitment && { receipts: { some: { commitment: filter.commitment } } }),
    ...(filter.leaf && { children: { none: { state: { not: TAKEN_OUT } } } }),
    ...(filter.hiddenFromNobody && { recusals: { none: {} } }),
  };
}

/** Whoever names states, or wants what is open, has left it out already. */
const standing = ({ states, stateLabel, open }: EntryFilter): Prisma.EntryWhereInput[] =>
  states || stateLabel !== undefined || open === true ? [] : [{ state: { not: TAKEN_OUT } }];

function counting({ createdBefore, notClosedBefore, facets }: EntryFilter): Prisma.EntryWhereInput[] {
  return [
    ...(createdBefore ? [{ createdAt: { lt: createdBefore } }] : []),
    ...(notClosedBefore ? [{ OR: [{ closedAt: null }, { closedAt: { gte: notClosedBefore } }] }] : []),
    ...(facets ? [{ OR: facets.map((equals) => ({ facets: { equals } })) }] : []),
  ];
}

function reached({ within }: EntryFilter): Prisma.EntryWhereInput[] {
  if (!within) return [];
  const { personId, departmentId } = within;
  return [{ OR: [{ people: { some: { personId } } }, ...(departmentId ? [{ departmentId }] : [])] }];
}

function placed({ held, elsewhere }: EntryFilter): Prisma.EntryWhereInput[] {
  const { part, by } = held ?? {};
  const who = by === null ? { none: { part } } : { some: { part, personId: by } };
  return [
    ...(held ? [{ people: who as Prisma.EntryPersonListRelationFilter }] : []),
    ...(elsewhere === null ? [{ departmentId: null }] : []),
    ...(elsewhere ? [{ departmentId: { notIn: [...elsewhere] } }] : []),
  ];
}

function refsIn({ refs, refEnd, below }: EntryFilter): Prisma.EntryWhereInput {
  const ref = { ...(refs && { in: [...refs] }), ...(refEnd && { endsWith: refEnd }) };
  return {
    ...(Object.keys(ref).length > 0 && { ref }),
    ...(below && { refOrder: ordersBelow(below) }),
  };
}

/** `%` and `_` would stand for anything; what is between them is looked for instead. */
function titleHas(text: string): Prisma.EntryWhereInput[] {
  const pieces = text.split(/[%_]/u).filter((piece) => piece !== '');
  return pieces.length > 0 ? pieces.map((piece) => ({ title: { contains: piece } })) : [{ id: '' }];
}

const within = ({ from, to }: Span) => ({ gte: from, lt: to });

/** So many that are named are read by a statement that is kept prepared: there is one for each number of them. */
const FEW = 20;

/** Whether it is for a few entries that are named. */
export const namesFew = ({ refs, ids }: EntryFilter): boolean =>
  [refs, ids].some((named) => named !== undefined && named.length <= FEW);
