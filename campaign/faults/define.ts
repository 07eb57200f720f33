/** Something that goes wrong around the program, and what the program promises then. */
export interface Fault {
  /** Kebab-case: what `--only` names. */
  readonly name: string;
  /** For an operator, in one sentence. */
  readonly promised: string;
  /** Brings it about. @throws whatever it cannot go on after: the promise counts as broken then */
  inject(run: FaultRun): Promise<Seen | Skipped>;
}

export interface FaultRun {
  readonly seed: number;
  /** Of its own; it is removed afterwards. */
  readonly folder: string;
}

/** What came of it. */
export interface Seen {
  /** Messages and acts that the service acknowledged. */
  acknowledged: number;
  /** Of these, the ones that the record does not have, or that were never answered. */
  lost: number;
  /** Done, answered or sent more than once. */
  twice: number;
  chainHolds: boolean;
  /** From the end of the fault until it is ready and takes a message again; absent: it never ceased to, or it is not to. */
  servesAgainMs?: number;
  /** What else there was to see. */
  remarks: string[];
  /** Each way in which the promise was not kept, in words. */
  broken: string[];
}

/** It cannot be brought about on this machine, and why. */
export interface Skipped {
  skipped: string;
}
