import type * as z from 'zod';
import type { Rules } from '../config/rules.ts';
import type { Prisma, Row } from '../prisma/database.ts';
import type { Calendar, CalendarDate } from './calendar.ts';
import type { DigestWeek } from './digest-week.ts';
import type { Directory, Person } from './directory.ts';
import type { Entries, HistoryRecord } from './entry.ts';
import type { Facing } from './facing.ts';
import type { FileTaking } from './file-taking.ts';
import type { Fields, RawValues } from './form.ts';
import type { Happening } from './happening.ts';
import type { Hour, Timetable } from './hour.ts';
import type { Action, Content, Section, TableContent, Tone } from './message.ts';
import type { MoveManner } from './move-manner.ts';
import type { Operation } from './operation.ts';
import type { Period } from './period.ts';
import type { Role } from './role.ts';
import type { Succession } from './succession.ts';
import type { Typed } from './typed.ts';
import type { Work } from './work.ts';
import type { NewEntry } from './write-entry.ts';

export type { FileTaking } from './file-taking.ts';
export type { Handover, Inherited, Succession } from './succession.ts';

/** An entry as it is stored, with the people who take part in it. */
export type Entry = Row.EntryModel & { people: { personId: string; part: string }[] };

export interface State {
  label: string;
  /** What it is called to whose entry it is (`Ledger.ownedBy`), where that is less than who handles it is told. */
  ownerLabel?: string;
  /** What it is called of an entry that stands below no other, where that is more than one thing: 全部销号 of a round. */
  topLabel?: string;
  /** By what else people look for it: 待审核. */
  also?: readonly string[];
  /** Nothing is left to be done. */
  closed?: boolean;
  tone?: Tone;
}

/** What an entry says, read and opened. */
export interface Reading<Data = unknown, Contents = unknown> {
  readonly entry: Entry;
  readonly data: Data;
  /** The sealed part; `undefined` where the ledger has none. */
  readonly contents: Contents;
}

/** What a move is decided on. */
export interface Situation<Data = unknown, Contents = unknown> extends Reading<Data, Contents> {
  readonly actor: Person;
  readonly at: Date;
  readonly today: CalendarDate;
  readonly calendar: Calendar;
  readonly rules: Rules;
  readonly directory: Directory;
}

/** What a move makes of an entry; what is left out stays. */
export interface Outcome<Data = unknown, Contents = unknown> {
  state: string;
  data?: Data;
  contents?: Contents;
  /** `null`: no date any more. */
  dueOn?: CalendarDate | null;
  departmentId?: string;
  /** From whom the entry is hidden from now on, beside those from whom it was; never from whose it is. Whoever took another part loses it. */
  recused?: readonly string[];
  /** Replaces everybody who takes the named part. */
  people?: Readonly<Record<string, readonly string[]>>;
  /** What it is called from now on. */
  title?: string;
  /** What this takes the place of, and the refs of what goes with it: in the history, beside what was filled in. */
  replaced?: RawValues;
  takenAlong?: readonly string[];
  /** Entries that come to stand below it. */
  adds?: readonly NewEntry[];
}

/** Somebody is to be told. `to`: a person, everybody with a part in the entry, or everybody with a role. */
export interface Notice {
  to: { person: string } | { part: string } | { role: Role };
  content: Content;
}

/** A step that a person takes with an entry: a word, who may say it and when, and what follows. Pure. */
export interface Move<Data = unknown, Contents = unknown> extends MoveManner<Situation<Data, Contents>> {
  name: string;
  /** What people type, before the entry's ref. */
  word: string;
  also?: readonly string[];
  /** How it is said to have happened; without it 「已」 and the word. */
  done?: string;
  from: readonly string[];
  by: { roles?: readonly Role[]; parts?: readonly string[] };
  help: string;
  /** What has to be said with it. */
  fields?: Fields;
  /** The field that takes what is typed behind the ref. */
  inline?: string;
  /** Reads what is typed behind the ref, where it is more than one field. */
  read?(typed: string, context: Pick<Situation, 'at' | 'today' | 'calendar' | 'directory'>): Typed;
  /** A ref means that entry alone; without it, a ref with parts below stands for those. */
  whole?: true;
  /** What the form starts with. */
  prefill?(situation: Situation<Data, Contents>): RawValues;
  /** What has to be read before it can be filled in, such as the question that is to be answered. */
  intro?(situation: Situation<Data, Contents>): string[];
  /** Ask and let the person confirm even when nothing is missing: always, or where this gives a sentence to be shown. */
  confirm?: boolean | ((situation: Situation<Data, Contents>) => string | undefined);
  style?: 'primary' | 'danger';
  /** @throws Refusal when a rule forbids the move here */
  check?(situation: Situation<Data, Contents>): void;
  /**
   * What other entries say that the move depends on, looked up with the house's eyes: whatever comes of it may be shown, so
   * nothing that is hidden from anybody goes into it.
   * @returns what `apply` and `notices` are handed
   * @throws Refusal when a rule forbids the move because of another entry
   */
  learn?(operation: Operation, situation: Situation<Data, Contents>, values: RawValues): Promise<unknown>;
  apply(situation: Situation<Data, Contents>, values: RawValues, learned?: unknown): Outcome<Data, Contents>;
  notices?(situation: Situation<Data, Contents>, values: RawValues, learned?: unknown): Notice[];
  /** What is offered next to who made the move, beside looking at it. @param added what came to stand below the entry */
  next?(before: Situation<Data, Contents>, added: readonly Entry[]): Action[];
  /** The answer to who made the move; without it, a line that names the new state. */
  answer?(situation: Situation<Data, Contents>, values: RawValues): string[];
}

/** Who says a sentence, and whom he may mean. */
export interface Speaking {
  readonly person: Person;
  readonly directory: Directory;
}

/** How a person adds an entry. */
export interface Filing {
  word: string;
  also?: readonly string[];
  /** Who may; without it, everybody. */
  by?: { roles: readonly Role[] };
  help: string;
  title: string;
  intro(rules: Rules): string[];
  fields: Fields;
  /** The field that takes what is typed behind the word, where nothing more can be understood of it. */
  inline?: string;
  /** What a sentence says already, or `undefined` when it is not about this ledger. */
  understand?(sentence: string, at: Date, timeZone: string, known?: Speaking): RawValues | undefined;
  /** What the form starts with where nothing better was said: it is shown, and sent only if it is left so. */
  start?: RawValues | ((rules: Rules) => RawValues);
  /** Files that are sent while the form is open do not come with it, though the ledger's entries have files. */
  withoutFiles?: true;
  /** The fields as they are asked in view of what stands in them by now; without it, always alike. */
  asked?(raw: RawValues, here: Pick<Situation, 'at' | 'calendar' | 'rules'>): Fields;
  /** @param draftId the form that it was filled in with, where files may have come with it */
  file(operation: Operation, actor: Person, raw: RawValues, draftId?: string): Promise<Content>;
}

export interface Ledger<Data = unknown, Contents = unknown> {
  name: string;
  title: string;
  states: Readonly<Record<string, State>>;
  parts: Readonly<Record<string, string>>;
  /** The state of what stands on top and only holds others, such as a round, as long as it holds none: it is counted nowhere. */
  emptyWhole?: string;
  dataVersion: number;
  data: z.ZodType<Data>;
  /** The sealed part: free text, names and contents. */
  contents?: z.ZodType<Contents>;
  moves: readonly Move<Data, Contents>[];
  filing?: Filing;
  /** Without it, files have no place here. */
  files?: FileTaking;
  /** 「我的…」: the word, and the parts that make an entry mine. */
  mine: {
    word: string;
    also?: readonly string[];
    help: string;
    title: string;
    parts: readonly string[];
    open: boolean;
  };
  /** Which of its entries the person may see; `undefined`: none. Recusal comes on top and is not asked here. */
  visibleTo(person: Person): Prisma.EntryWhereInput | undefined;
  /** Whether this ledger's figures are for this person, rather than only what he has a part in. */
  overseenBy(person: Person): boolean;
  /** Whom an entry concerns adversely, by what it says; asked anew when the directory changes. */
  concerned?(directory: Directory, reading: Reading<Data, Contents>, rules: Rules): string[];
  /** Parts of those whose entry it is: it is never hidden from them, and that they read it is not recorded. */
  ownedBy?: readonly string[];
  /** Why the sealed part stays closed to the actor, though he may see the entry: a sentence; `undefined`: it is open to him. */
  closedTo?(situation: Situation<Data, Contents>): string | undefined;
  /**
   * What of an entry stays for good as it was filed: whoever verifies its receipt is told when it says something else by now.
   * Without it, everything may change.
   */
  filed?(reading: Reading<Data, Contents>): unknown;
  /** What is done with it, for the help; without it, its words stand there as they come. */
  works?: readonly Work[];
  /** A ref as people shorten it → the whole ref. @param fits of what kind it has to be, where the word is about one kind only */
  expandRef?(typed: string, entries: Entries, fits?: (entry: Entry) => boolean): Promise<string | undefined>;
  /** The entry in full, for a person who may see it. */
  describe(situation: Situation<Data, Contents>): Section[];
  /** What a step in the history says beside who did it, for this reader. */
  note?(record: HistoryRecord, reader: Person): string | undefined;
  /** One line for lists: ref, what it is, state. Nothing sensitive. */
  line(reading: Reading<Data, Contents>, today: CalendarDate): string;
  /** Its own figures hide small ones, and no others are shown, which would tell them. */
  hidesSmallFigures?: true;
  /** Figures, of the entries that the person may see. */
  statistics?(
    entries: Entries,
    situation: Pick<Situation, 'today' | 'directory' | 'rules' | 'calendar'> & { period: Period },
  ): Promise<TableContent[]>;
  /** What its entries are counted by, of what one says once it was filed or changed; without it, what it was filed with stays. */
  facets?(says: Facing<Data>, calendar: Calendar): Prisma.InputJsonObject;
  /** When, in the week of the day, it tells people something unasked that cannot go in another week: places are kept for it. */
  hours?(today: CalendarDate, timetable: Timetable): Hour[];
  /** What a leader is told of it each week; without it, how many were added and closed and how the open ones stand. */
  digest?(week: DigestWeek): Promise<Section[]>;
  /** What becomes of its open entries when people leave; without it, they stay as they are. */
  succession?: Succession<Data, Contents>;
  /** What follows for others when this one moved, such as a problem whose measures are all closed. `before`: as it was, where nothing was added. */
  settle?(operation: Operation, moved: Entry, before?: Entry): Promise<void>;
  /** What follows here of what somebody recorded in another ledger. @returns what he is told of it */
  heard?(operation: Operation, happening: Happening): Promise<string[]>;
}

/** Lists hold ledgers of all kinds: what their data is like is known inside the ledger only. */
export function defineLedger<Data, Contents>(ledger: Ledger<Data, Contents>): Ledger {
  const taken = ledger.moves.find(({ name }) => [FILED, PASSED_ON, RECUSED, READ].includes(name));
  if (taken)
    throw new Error(`Ledger ${ledger.name} has a move named ${taken.name}: the house calls a step so`);
  return ledger as Ledger;
}

/** What it is called in an entry's history that it was read, and that it concerns somebody more. */
export const READ = 'read';
export const RECUSED = 'recuse';
/** What an entry's first step is called in its history. */
export const FILED = 'file';
/** What the step is called in which an entry passes on from somebody who left: 交接. */
export const PASSED_ON = 'pass-on';
