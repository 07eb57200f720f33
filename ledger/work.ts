import type { Role } from './role.ts';

/** A kind of work with a ledger and the words for it, in the order in which they are needed: so the help says it. */
export interface Work {
  /** What the work is; no two of a ledger's works are called alike. */
  heading: string;
  /** Everybody may come to do it: it is named to all alike, so that the help does not tell who has. */
  forEverybody?: true;
  /** Whose work it is, by role or by a part in some entry; without it, whoever may use one of its words. */
  by?: { roles?: readonly Role[]; parts?: readonly string[] };
  /** It names what the works before it did not. */
  namesMore?: true;
  steps: readonly {
    label: string;
    /** Of moves, queries and commands; what somebody may not use is not named to him. */
    words: readonly string[];
  }[];
}
