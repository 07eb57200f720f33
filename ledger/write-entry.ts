import { v7 as uuidv7 } from 'uuid';
import { changeIfUnchanged, WHOLE, wholeEntry } from '../prisma/change-entry.ts';
import type { Prisma, Rows } from '../prisma/database.ts';
import { entryDigest } from './audit/digest.ts';
import type { AuditTrail } from './audit/trail.ts';
import type { CalendarDate } from './calendar.ts';
import { type Entry, FILED, type Ledger, type Outcome } from './define.ts';
import { contentsOf, ledgerNamed } from './entry.ts';
import type { RawValues } from './form.ts';
import { hideFrom, hidingAtFirst } from './hide-entry.ts';
import { entriesChanged } from './read-once.ts';
import { commitmentOf, type Filed, openingOf } from './receipt/commitment.ts';
import { keepReceipt } from './receipt/keep-receipt.ts';
import { refOrderOf } from './ref-order.ts';
import { Refusal } from './refusal.ts';
import type { Store } from './store.ts';

export interface NewEntry {
  ledger: string;
  ref: string;
  state: string;
  title: string;
  data: unknown;
  contents?: unknown;
  facets?: Prisma.InputJsonObject;
  dueOn?: CalendarDate;
  departmentId?: string;
  parentId?: string;
  position?: number;
  people?: Readonly<Record<string, readonly string[]>>;
  /** Persons from whom the entry is hidden. */
  recused?: readonly string[];
  /** What was filled in, for the entry's history. */
  values?: RawValues;
  /** A receipt is given for it: the record of it commits to what was filed. */
  receipt?: true;
}

/** What happened to an entry, for its history. */
export interface Step {
  action: string;
  values?: RawValues;
}

/** What writing needs: all of one transaction. */
export interface Writing {
  store: Store;
  rows: Rows;
  trail: AuditTrail;
  at: Date;
}

/** Adds an entry and the record of it. */
export async function createEntry({ store, rows, trail, at }: Writing, entry: NewEntry): Promise<Entry> {
  const id = uuidv7({ msecs: at.getTime() });
  const ledger = ledgerNamed(store, entry.ledger);
  const taking = partsOf(entry.people ?? {});
  const data = ledger.data.parse(entry.data);
  const facets = ledger.facets?.({ state: entry.state, dueOn: entry.dueOn ?? null, data }, store.calendar);
  const { people, marks } = hidingAtFirst(store, ledger.ownedBy, taking, entry.recused ?? [], at);
  const created = await rows.entry.create({
    data: {
      id,
      ledger: entry.ledger,
      ref: entry.ref,
      refOrder: refOrderOf(entry.ref),
      state: entry.state,
      title: entry.title,
      dueOn: entry.dueOn ?? null,
      departmentId: entry.departmentId ?? null,
      parentId: entry.parentId ?? null,
      position: entry.position ?? 0,
      facets: facets ?? entry.facets ?? {},
      data: data as Prisma.InputJsonValue,
      dataVersion: ledger.dataVersion,
      sealed: ledger.contents ? store.keys.seal(ledger.contents.parse(entry.contents), contentsOf(id)) : null,
      version: 1,
      createdAt: at,
      changedAt: at,
      people: { create: people },
      recusals: { create: marks },
    },
    include: WHOLE,
  });
  entriesChanged(rows);
  const opening = entry.receipt && openingOf(filedAs(ledger, created, entry));
  const seq = await trail.append({
    action: `${entry.ledger}.${FILED}`,
    subject: { kind: 'entry', id, digest: entryDigest(created), to: entry.state },
    ...(entry.values && { values: entry.values }),
    ...(opening && { receipt: Buffer.from(commitmentOf(opening)).toString('hex') }),
  });
  if (opening) await keepReceipt(store, rows, { entryId: id, seq, at, opening });
  return created;
}

/** What a receipt commits to: all that the entry says at first. */
function filedAs(ledger: Ledger, { ref, createdAt }: Entry, { data, contents }: NewEntry): Filed {
  const filed = { data: ledger.data.parse(data), contents: ledger.contents?.parse(contents) };
  return { ledger: ledger.name, ref, at: createdAt.toISOString(), ...filed };
}

const partsOf = (people: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(people).flatMap(([part, ids]) => [...new Set(ids)].map((personId) => ({ part, personId })));

/**
 * Changes an entry and adds the record of it.
 * @throws Refusal `outdated` when somebody else changed it since it was read
 */
export async function changeEntry(
  { store, rows, trail, at }: Writing,
  entry: Entry,
  outcome: Outcome,
  step: Step,
): Promise<Entry> {
  const ledger = ledgerNamed(store, entry.ledger);
  const closed = ledger.states[outcome.state]?.closed === true;
  const closedAt = closed ? (entry.closedAt ?? at) : null;
  const facets = ledger.facets?.(
    {
      state: outcome.state,
      dueOn: outcome.dueOn === undefined ? entry.dueOn : outcome.dueOn,
      data: ledger.data.parse(outcome.data ?? entry.data),
      ...(closedAt && { closedOn: store.calendar.dateOf(closedAt) }),
    },
    store.calendar,
  );
  const written = await changeIfUnchanged(rows, entry, {
    state: outcome.state,
    ...(outcome.title !== undefined && { title: outcome.title }),
    closedAt,
    ...(facets && { facets }),
    changedAt: at,
    ...(outcome.dueOn !== undefined && { dueOn: outcome.dueOn }),
    ...(outcome.departmentId && { departmentId: outcome.departmentId }),
    ...(outcome.data !== undefined && { data: ledger.data.parse(outcome.data) as Prisma.InputJsonValue }),
    ...(outcome.contents !== undefined && {
      sealed: store.keys.seal(ledger.contents?.parse(outcome.contents), contentsOf(entry.id)),
    }),
  });
  if (!written) throw outdated(entry);
  const changed = (await changePeople({ store, rows, at }, written, outcome))
    ? await wholeEntry(rows, entry.id)
    : written;
  entriesChanged(rows);
  await trail.append({
    action: step.action,
    subject: {
      kind: 'entry',
      id: entry.id,
      digest: entryDigest(changed),
      from: entry.state,
      to: outcome.state,
    },
    ...(step.values && { values: step.values }),
  });
  return changed;
}

/** Somebody else was quicker. */
export const outdated = (entry: Entry): Refusal =>
  new Refusal('outdated', `${entry.ref} 刚刚已有变动，本次操作未生效。请查看最新情况后再操作。`);

/** @returns whether anybody came or went, or may not see it any more */
async function changePeople(
  writing: Omit<Writing, 'trail'>,
  { id, ref, ledger }: Entry,
  { people = {}, recused = [] }: Outcome,
): Promise<boolean> {
  const { store, rows } = writing;
  const parts = Object.entries(people);
  if (parts.length + recused.length === 0) return false;
  for (const [part, ids] of parts) await replacePart(rows, id, part, ids);
  const { ownedBy } = ledgerNamed(store, ledger);
  await hideFrom(writing, { id, ref, ownedBy }, recused);
  return true;
}

async function replacePart(rows: Rows, entryId: string, part: string, ids: readonly string[]): Promise<void> {
  await rows.entryPerson.deleteMany({ where: { entryId, part } });
  await rows.entryPerson.createMany({ data: partsOf({ [part]: ids }).map((row) => ({ ...row, entryId })) });
}
