/** A kind of work with a ledger and the words for it, in the order in which they are needed: so the help says it. */
export interface Work {
  heading: string;
  /** Everybody may come to do it: it is named to all alike, so that the help does not tell who has. */
  forEverybody?: true;
  steps: readonly {
    label: string;
    /** Of moves, queries and commands; what somebody may not use is not named to him. */
    words: readonly string[];
  }[];
}
