import type { Rows } from '../prisma/database.ts';
import { type JobRun, lastRun, noteRun } from '../prisma/job-runs.ts';
import { type AuditTrail, auditTrail, wasRecordedBefore } from './audit/trail.ts';
import { putWithinBudget } from './budget.ts';
import type { CalendarDate } from './calendar.ts';
import type { Entry, Notice, Outcome } from './define.ts';
import { type Directory, type Person, readDirectory } from './directory.ts';
import { type Entries, entriesFor } from './entry.ts';
import { markStale } from './held-card.ts';
import type { Content } from './message.ts';
import { merged, type Pending, recipients } from './notice.ts';
import { enqueueAll } from './outbox.ts';
import { receiptText } from './receipt/keep-receipt.ts';
import { hiddenFrom } from './recusal.ts';
import { withConcerned } from './recuse-anew.ts';
import type { Unasked } from './slots.ts';
import type { Store } from './store.ts';
import { UNPROMPTED, type Unprompted } from './unprompted.ts';
import { changeEntry, createEntry, type NewEntry, type Step } from './write-entry.ts';

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
  /** The receipt, as text, of an entry that was created with one. */
  receiptFor(entry: Entry): Promise<string>;
  /** @throws Refusal `outdated` when somebody else changed the entry since it was read */
  change(entry: Entry, outcome: Outcome, step: Step): Promise<Entry>;
  /** Tells whom a notice names, except the actor himself and who is recused: at once, since somebody acted. */
  notify(entry: Entry, notice: Notice, key: string, options?: { evenActor?: boolean }): Promise<void>;
  /** Tells a person something that nobody's act has caused: held back in quiet hours, and within the week's budget. */
  post(message: Post): void;
  /** Puts in line what was to be told so far; done by itself at the end. @returns how many messages that were */
  flush(): Promise<number>;
  /** Whether anything was recorded before that moment: a bureau that just began has nothing to be told of last week. */
  anythingBefore(at: Date): Promise<boolean>;
  /** Whether this is the first time that the job does this occurrence; it then counts as done. */
  isFirst(job: string, occurrence: string): Promise<boolean>;
  /** The last of the occurrences that the job has done and that begin so. */
  lastOf(job: string, beginning: string): Promise<JobRun | undefined>;
}

/** What an operation tells a person though nobody's act has caused it. */
export interface Post {
  /** Says what this message is: asked for again, it is not said again. */
  key: string;
  personId: string;
  content: Content;
  /** What says it: people are told why they get it. */
  job: Unprompted;
  /** 信函、红色预警: it goes out however much went before it that week, and uses none of it up. */
  isExempt?: boolean;
  /** The last day on which it is of use: it is held back no longer, though it go beyond the budget. */
  notLaterThan?: CalendarDate;
  /** Where the week is full and nothing waits for him, it is not said at all: a mere reminder. */
  canBeLeftOut?: true;
}

export interface Request {
  /** Somebody, who acts with his own eyes, or what acts for the bureau: `job:…`, `command:…`. */
  actor: Person | string;
  at: Date;
  /** As it was read a moment before; without it, it is read anew. */
  directory?: Directory;
  /** Done again it does no harm: it is not waited for until it is on the disk. */
  isOnlyProgress?: true;
}

/** Runs `decide` in one transaction: all that it records commits, or, when it throws, nothing. */
export function operate<T>(
  store: Store,
  request: Request,
  decide: (operation: Operation) => Promise<T>,
): Promise<T> {
  const work = async (rows: Rows) => {
    const operation = await operationOn(store, rows, request);
    const result = await decide(operation);
    await operation.flush();
    return result;
  };
  return store.database.write(work, { isOnlyProgress: request.isOnlyProgress ?? false });
}

async function operationOn(store: Store, rows: Rows, { actor, at, ...known }: Request): Promise<Operation> {
  const viewer = typeof actor === 'string' ? 'bureau' : actor;
  const actorName = typeof actor === 'string' ? actor : actor.id;
  const directory = known.directory ?? (await readDirectory(rows));
  const trail = auditTrail(rows, store.keys, actorName, at);
  const writing = { store, rows, trail, at };
  const entries = entriesFor(store, rows, viewer);
  const told: Pending[] = [];
  const posted: Unasked[] = [];
  let allowedAt: Date | undefined;
  return {
    at,
    today: store.calendar.dateOf(at),
    store,
    rows,
    directory,
    entries,
    trail,
    create: (entry) => createEntry(writing, entry),
    receiptFor: async ({ id, ref }) => {
      const receipt = await receiptText(store, rows, id);
      if (receipt === undefined) throw new Error(`No receipt was given for ${ref}`);
      return receipt;
    },
    change: async (entry, outcome, step) => {
      const whole = withConcerned({ store, directory, entries }, entry, outcome);
      const evenOvertaken = await hidesFromMore(writing, entry, whole);
      const changed = await changeEntry(writing, entry, whole, step);
      await markStale(rows, entry.ref, at, {
        evenOvertaken,
        by: viewer === 'bureau' ? undefined : viewer.id,
      });
      return changed;
    },
    notify: async (entry, notice, key, { evenActor = false } = {}) => {
      for (const personId of await recipients(store, rows, directory, entry, notice)) {
        if (personId === actorName && !evenActor) continue;
        told.push({ key: `${key}:${personId}`, personId, content: notice.content, notBefore: at });
      }
    },
    post(message) {
      const isExempt = message.isExempt === true || UNPROMPTED[message.job].isSecret === true;
      allowedAt ??= store.calendar.afterQuietHours(at, store.rules.quietHours);
      posted.push({ ...message, isExempt, notBefore: allowedAt });
    },
    async flush() {
      const answered = await enqueueAll(store, rows, at, merged(told.splice(0)));
      return answered + (await putWithinBudget(store, rows, at, posted.splice(0)));
    },
    anythingBefore: (before) => wasRecordedBefore(rows, before),
    isFirst: (job, occurrence) => noteRun(rows, { job, occurrence, ranAt: at }),
    lastOf: (job, beginning) => lastRun(rows, job, beginning),
  };
}

/** Whether somebody loses sight of the entry by this. */
async function hidesFromMore(
  { store, rows }: Pick<Operation, 'store' | 'rows'>,
  { id }: Entry,
  { recused = [] }: Outcome,
): Promise<boolean> {
  if (recused.length === 0) return false;
  const isHidden = await hiddenFrom(store.keys, rows, id);
  return recused.some((personId) => !isHidden(personId));
}
