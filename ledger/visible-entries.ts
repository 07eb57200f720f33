import type { Prisma } from '../prisma/database.ts';
import type { Viewer } from './entry.ts';
import type { EntryFilter } from './entry-filter.ts';
import { notRecused } from './recusal.ts';
import { labelled } from './state-label.ts';
import type { Store } from './store.ts';

const NOTHING: Prisma.EntryWhereInput = { id: { in: [] } };

/** The entries that the viewer may see. */
export function visible(store: Store, viewer: Viewer): Prisma.EntryWhereInput {
  if (viewer === 'bureau') return {};
  const perLedger = store.ledgers.flatMap((ledger) => {
    const where = ledger.visibleTo(viewer);
    return where ? [{ AND: [{ ledger: ledger.name }, where] }] : [];
  });
  // Prisma takes one of no ways for any.
  return { AND: [notRecused(store.keys, viewer.id), { OR: [...perLedger, NOTHING] }] };
}

/** The entries of which he may know who read them. */
export function audited(store: Store, viewer: Viewer): Prisma.EntryWhereInput {
  const isAuditor = viewer !== 'bureau' && viewer.roles.includes('auditor');
  return isAuditor ? notRecused(store.keys, viewer.id) : visible(store, viewer);
}

/** The entries that figures for him are counted of. */
export function counted(store: Store, viewer: Viewer): Prisma.EntryWhereInput {
  if (viewer === 'bureau') return {};
  const overseen = store.ledgers.filter((ledger) => ledger.overseenBy(viewer)).map(({ name }) => name);
  // The ledger is asked first: for who oversees it, nothing else is.
  const seen = { OR: [{ ledger: { in: overseen } }, visible(store, viewer)] };
  return { AND: [notRecused(store.keys, viewer.id), seen] };
}

/** Those whose state has this name, as the viewer is told it. */
export const inState = (
  { ledgers }: Store,
  viewer: Viewer,
  { stateLabel }: EntryFilter,
): Prisma.EntryWhereInput =>
  stateLabel === undefined ? {} : { OR: ledgers.flatMap((ledger) => labelled(ledger, viewer, stateLabel)) };

/** Who filed a sealed entry is part of what it says: nobody finds it by somebody else's name. */
export function unsought(store: Store, viewer: Viewer, { personId }: EntryFilter): Prisma.EntryWhereInput {
  if (viewer === 'bureau' || personId === undefined || personId === viewer.id) return {};
  const sealed = store.ledgers.filter(({ contents }) => contents !== undefined).map(({ name }) => name);
  return { ledger: { notIn: sealed } };
}
