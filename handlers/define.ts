import type { CalendarDate } from '../ledger/calendar.ts';
import type { Entry, Situation, Speaking } from '../ledger/define.ts';
import type { Directory, Person } from '../ledger/directory.ts';
import type { Entries } from '../ledger/entry.ts';
import type { Fields, RawValues } from '../ledger/form.ts';
import type { Content } from '../ledger/message.ts';
import type { Operation } from '../ledger/operation.ts';
import type { Rows, Store } from '../ledger/store.ts';

/** Who asks, when, and the ledger with his eyes. */
export interface Asking {
  readonly person: Person;
  readonly at: Date;
  readonly today: CalendarDate;
  readonly store: Store;
  readonly rows: Rows;
  readonly directory: Directory;
  readonly entries: Entries;
  /**
   * What an entry says, for showing it: the one way by which a sealed part comes to be shown. That it is shown to somebody
   * whose entry it is not is recorded before.
   * @throws Refusal where it stays closed to him
   */
  reveal(entry: Entry): Promise<Situation>;
  /** What this person may ask for. */
  readonly allowed: readonly Handler[];
  /** The platform on which this is asked. */
  readonly platform: string;
  /** The platforms that are configured, in their order. */
  readonly chats: readonly Chat[];
  /** Sealed contents must not stand where this is answered: number and state stand for them. */
  readonly keepsBack?: true;
}

/** A platform on which somebody may have an account. */
export interface Chat {
  readonly name: string;
  /** `everybody`: who works here has an account. */
  readonly accounts: 'bound' | 'everybody';
  readonly isExtra?: true;
}

interface Common {
  /** Unique; forms that are open remember their handler by it. */
  name: string;
  /** What people type; the first one stands in the help. */
  words: readonly string[];
  /** What means it only where nothing else is said: 「收到」. */
  alone?: readonly string[];
  /** How it is typed in full, such as 「进展 <编号> <内容>」. */
  usage: string;
  /** One line for the help. */
  help: string;
  /** The heading it stands under in the help. */
  group: string;
  may(person: Person): boolean;
  /** Whether the help should name it to this person now; without it, whenever he may use it. */
  relevant?(asking: Asking): Promise<boolean>;
  /** May be answered in a group, where all read it. Everything else is answered 「请私聊我」. */
  inGroup?: boolean;
}

/** Asks for something to see; changes nothing. */
export interface Query extends Common {
  kind: 'query';
  /** What a message without any word says to this query, as it would stand behind its word. */
  understand?(sentence: string, asking: Asking): string | undefined;
  answer(asking: Asking, typed: string): Promise<Content>;
}

/** Changes the ledger. What is still missing is asked with a form, then it is decided. */
export interface Command extends Common {
  kind: 'command';
  /** What is said with it goes into a ledger's sealed part. */
  sealed?: true;
  /** All that its forms may ask. */
  fields: Fields;
  /** What a message without any word says to this command, if it seems to be meant for it. */
  understand?(sentence: string, at: Date, timeZone: string, known?: Speaking): RawValues | undefined;
  plan(asking: Asking, typed: string): Promise<Plan>;
  /** Files that are sent while such a form is open come with it (`form`), or become the entry's that it is about (`entry`). */
  takesFiles?: 'form' | 'entry';
  /**
   * Runs inside the operation; cannot send and cannot open a transaction.
   * @param draftId the form that was sent, if there was one
   */
  decide(
    operation: Operation,
    actor: Person,
    subject: string,
    raw: RawValues,
    draftId?: string,
  ): Promise<Content>;
}

/** What a command is about and what has to be filled in. */
export interface Plan {
  /** What was typed, made exact, such as `Z1-3-2@5`: `plan` takes it again when the form comes back. */
  subject: string;
  title: string;
  intro: string[];
  fields: Fields;
  /** The same in view of what stands in them by now; without it, always alike. */
  asked?(raw: RawValues): Fields;
  /** What the form starts with, to be confirmed by sending it. */
  start: RawValues;
  /** What was said already. */
  given: RawValues;
  /** What is said beside the answer, where nothing had to be asked: such as what 「全部」 left out. */
  beside?: string[];
  /** Let the person confirm even when nothing is missing. */
  confirm: boolean;
  /** What is filled in goes into a ledger's sealed part. */
  confidential?: true;
  /** What is shown in place of asking and deciding, because it has to be read first; it counts as read once it is made. */
  instead?(): Promise<Content>;
}

export type Handler = Query | Command;

/** Whether the form has to be shown before deciding. */
export function needsAsking(plan: Plan): boolean {
  if (plan.confirm) return true;
  return Object.entries(plan.fields).some(
    ([name, field]) => field.required && plan.given[name] === undefined,
  );
}

/** Of what the person may ask for, what is of use to him now. */
export async function usefulTo(asking: Asking): Promise<Handler[]> {
  const relevant = await Promise.all(asking.allowed.map((handler) => handler.relevant?.(asking) ?? true));
  return asking.allowed.filter((_, index) => relevant[index]);
}
