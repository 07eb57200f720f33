import type { Entry, Notice, Outcome, Reading, Situation } from './define.ts';
import type { Directory, Person } from './directory.ts';

/** Somebody who answered for an entry has left. */
export interface Handover {
  part: string;
  from: Person;
  /** Who has his part now; absent: nobody could take it over, so it is still his. */
  to?: Person;
}

/** What becomes of an open entry when somebody who answers for it leaves. */
export interface Succession<Data = unknown, Contents = unknown> {
  /** Parts that pass on to the head of his department. */
  passesOn: readonly string[];
  /** Parts that only somebody who gives entries out can give to another person. */
  givenAnew: readonly string[];
  /** Whether the head may take the entry over; four eyes may forbid it. */
  mayTake(reading: Reading<Data, Contents>, heir: Person): boolean;
  /** The entry with these people in the parts that pass on. */
  apply(here: Inherited<Data, Contents>): Outcome<Data, Contents>;
  notices(entry: Entry, handovers: readonly Handover[], directory: Directory): Notice[];
}

/** An entry that passes on, and who has the named parts from now on. */
export interface Inherited<Data = unknown, Contents = unknown>
  extends Pick<Situation<Data, Contents>, 'entry' | 'data' | 'contents' | 'today' | 'directory'> {
  readonly people: Readonly<Record<string, readonly string[]>>;
}
