import { v7 as uuidv7 } from 'uuid';
import type { Prisma, Rows } from '../prisma/database.ts';
import { entryDigest } from './audit/digest.ts';
import { type AuditTrail, auditTrail } from './audit/trail.ts';
import type { CalendarDate } from './calendar.ts';
import type { Entry, Notice, Outcome } from './define.ts';
import { type Directory, type Person, readDirectory } from './directory.ts';
import { contentsOf, type Entries, entriesFor, ledgerNamed, WITH_PEOPLE } from './entry.ts';
import type { RawValues } from './form.ts';
import { type Content, headline, SHOW, showLine } from './message.ts';
import { enqueue, type Outgoing } from './outbox.ts';
import { recusalMark } from './recusal.ts';
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
}

/** What happened to an entry, for its history. */
export interface Step {
  action: string;
  values?: RawValues;
}

/** The one way to write: what it records, the audit record of it and the messages that follow commit together. */
export interface Operation {
  readonly at: Date;
  readonly today: CalendarDate;
  readonly store: Store;
  /** The transaction's rows, for what belongs to no entry. */
  readonly rows: Rows;
  readonly directory: Directory;
  /** The ledger, inside this transaction, with the actor's eyes. */
  readonly entries: Entries;
  readonly trail: AuditTrail;
  create(entry: NewEntry): Promise<Entry>;
  /** @throws Refusal `outdated` when somebody else changed the entry since it was read */
  change(entry: Entry, outcome: Outcome, step: Step): Promise<Entry>;
  /** Tells whom a notice names, except the actor himself and who is recused: at once, since somebody acted. */
  notify(entry: Entry, notice: Notice, key: string): Promise<void>;
  /** Tells a person something that nobody's act has caused: held back in quiet hours. */
  post(message: { key: string; personId: string; content: Content }): void;
  /** Puts in line what was to be told so far; done by itself at the end. */
  flush(): Promise<void>;
  /** Whether anything was recorded before that moment: a bureau that just began has nothing to be told of last week. */
  anythingBefore(at: Date): Promise<boolean>;
  /** Whether this is the first time that the job does this occurrence; it then counts as done. */
  isFirst(job: string, occurrence: string): Promise<boolean>;
}

/** Sections of a merged notice; more are counted, not shown. */
const MERGED_SECTIONS = 10;

export interface Request {
  /** Somebody, who acts with his own eyes, or what acts for the bureau: `job:…`, `command:…`. */
  actor: Person | string;
  at: Date;
}

/** Runs `decide` in one transaction: all that it records commits, or, when it throws, nothing. */
export function operate<T>(
  store: Store,
  request: Request,
  decide: (operation: Operation) => Promise<T>,
): Promise<T> {
  return store.database.write(async (rows) => {
    const operation = await operationOn(store, rows, request);
    const result = await decide(operation);
    await operation.flush();
    return result;
  });
}

type Pending = Omit<Outgoing, 'address'>;

/** A person who would be told the same of several entries is told once. */
function merged(pending: readonly Pending[]): Pending[] {
  const groups = Map.groupBy(pending, ({ personId, content, notBefore }) =>
    JSON.stringify([personId, headline(content), notBefore]),
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    return others.length === 0 ? [first] : [{ ...first, content: joined([first, ...others]) }];
  });
}

/** One card with a section for each entry. */
function joined(messages: readonly Pending[]): Content {
  const notices = messages.map(({ content }) => content).filter((content) => content.kind === 'notice');
  const [first] = notices;
  if (!first) return messages[0]?.content ?? { kind: 'text', text: '' };
  const sections = notices.flatMap((notice) => notice.sections);
  const refs = notices.flatMap(({ refresh }) =>
    refresh?.startsWith(SHOW) ? refresh.slice(SHOW.length + 1) : [],
  );
  const whole = { ...first, ...(refs.length > 0 && { refresh: showLine(...refs) }) };
  const rest = sections.length - MERGED_SECTIONS;
  if (rest <= 0) return { ...whole, sections };
  return { ...whole, sections: [...sections.slice(0, MERGED_SECTIONS), { lines: [`… 另有 ${rest} 项`] }] };
}

async function operationOn(store: Store, rows: Rows, { actor, at }: Request): Promise<Operation> {
  const viewer = typeof actor === 'string' ? 'bureau' : actor;
  const actorName = typeof actor === 'string' ? actor : actor.id;
  const directory = await readDirectory(rows);
  const trail = auditTrail(rows, store.keys, actorName, at);
  const pending: Pending[] = [];
  const allowedAt = store.calendar.afterQuietHours(at, store.rules.quietHours);
  return {
    at,
    today: store.calendar.dateOf(at),
    store,
    rows,
    directory,
    entries: entriesFor(store, rows, viewer),
    trail,
    create: (entry) => create(store, rows, trail, at, entry),
    change: (entry, outcome, step) => change(store, rows, trail, at, entry, outcome, step),
    notify: async (entry, notice, key) => {
      for (const personId of await recipients(store, rows, directory, entry, notice)) {
        if (personId === actorName) continue;
        pending.push({ key: `${key}:${personId}`, personId, content: notice.content, notBefore: at });
      }
    },
    post: (message) => void pending.push({ ...message, notBefore: allowedAt }),
    flush: async () => {
      for (const message of merged(pending.splice(0))) await enqueue(store, rows, at, message);
    },
    anythingBefore: async (before) =>
      (await rows.entry.findFirst({ where: { createdAt: { lt: before } } })) !== null,
    isFirst: async (job, occurrence) => {
      const known = await rows.jobRun.findUnique({ where: { job_occurrence: { job, occurrence } } });
      if (!known) await rows.jobRun.create({ data: { job, occurrence, ranAt: at } });
      return known === null;
    },
  };
}

async function create(
  store: Store,
  rows: Rows,
  trail: AuditTrail,
  at: Date,
  entry: NewEntry,
): Promise<Entry> {
  const id = uuidv7({ msecs: at.getTime() });
  const ledger = ledgerNamed(store, entry.ledger);
  const created = await rows.entry.create({
    data: {
      id,
      ledger: entry.ledger,
      ref: entry.ref,
      state: entry.state,
      title: entry.title,
      dueOn: entry.dueOn ?? null,
      departmentId: entry.departmentId ?? null,
      parentId: entry.parentId ?? null,
      position: entry.position ?? 0,
      facets: entry.facets ?? {},
      data: ledger.data.parse(entry.data) as Prisma.InputJsonValue,
      dataVersion: ledger.dataVersion,
      sealed: ledger.contents ? store.keys.seal(ledger.contents.parse(entry.contents), contentsOf(id)) : null,
      version: 1,
      createdAt: at,
      changedAt: at,
      people: { create: partsOf(entry.people ?? {}) },
      recusals: { create: marksOf(store, entry.recused ?? []) },
    },
    include: { ...WITH_PEOPLE, recusals: true },
  });
  await trail.append({
    action: `${entry.ledger}.file`,
    subject: { kind: 'entry', id, digest: entryDigest(created), to: entry.state },
    ...(entry.values && { values: entry.values }),
  });
  return created;
}

const marksOf = (store: Store, personIds: readonly string[]) =>
  [...new Set(personIds)].map((personId) => ({ mark: recusalMark(store.keys, personId) }));

const partsOf = (people: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(people).flatMap(([part, ids]) => [...new Set(ids)].map((personId) => ({ part, personId })));

async function change(
  store: Store,
  rows: Rows,
  trail: AuditTrail,
  at: Date,
  entry: Entry,
  outcome: Outcome,
  step: Step,
): Promise<Entry> {
  const ledger = ledgerNamed(store, entry.ledger);
  const closed = ledger.states[outcome.state]?.closed === true;
  const { count } = await rows.entry.updateMany({
    where: { id: entry.id, version: entry.version },
    data: {
      state: outcome.state,
      closedAt: closed ? (entry.closedAt ?? at) : null,
      changedAt: at,
      version: { increment: 1 },
      ...(outcome.dueOn && { dueOn: outcome.dueOn }),
      ...(outcome.departmentId && { departmentId: outcome.departmentId }),
      ...(outcome.data !== undefined && { data: ledger.data.parse(outcome.data) as Prisma.InputJsonValue }),
      ...(outcome.contents !== undefined && {
        sealed: store.keys.seal(ledger.contents?.parse(outcome.contents), contentsOf(entry.id)),
      }),
    },
  });
  if (count === 0) throw outdated(entry);
  for (const [part, ids] of Object.entries(outcome.people ?? {}))
    await replacePart(rows, entry.id, part, ids);
  const changed = await rows.entry.findUniqueOrThrow({
    where: { id: entry.id },
    include: { ...WITH_PEOPLE, recusals: true },
  });
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

async function replacePart(rows: Rows, entryId: string, part: string, ids: readonly string[]): Promise<void> {
  await rows.entryPerson.deleteMany({ where: { entryId, part } });
  await rows.entryPerson.createMany({ data: partsOf({ [part]: ids }).map((row) => ({ ...row, entryId })) });
}

async function recipients(
  store: Store,
  rows: Rows,
  directory: Directory,
  entry: Entry,
  { to }: Notice,
): Promise<string[]> {
  const recusals = await rows.recusal.findMany({ where: { entryId: entry.id } });
  const marks = new Set(recusals.map((recusal) => recusal.mark));
  return addressed(directory, entry, to).filter((personId) => !marks.has(recusalMark(store.keys, personId)));
}

function addressed(directory: Directory, entry: Entry, to: Notice['to']): string[] {
  if ('person' in to) return [to.person];
  if ('role' in to) return directory.withRole(to.role).map((person) => person.id);
  const taking = entry.people.filter(({ part }) => part === to.part).map(({ personId }) => personId);
  return taking.filter((personId) => directory.byId(personId)?.active);
}
