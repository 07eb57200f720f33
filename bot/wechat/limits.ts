/** What the child is held to, and how long is waited for it. */
export interface ChildLimits {
  /** How often it says that it lives, and after which silence it counts as hung. */
  aliveEveryMs: number;
  silentForMs: number;
  /** Loading the library takes seconds, on a busy machine many. */
  loadWithinMs: number;
  /** After this without a login it is given up for now: nobody scanned, or the puppet hangs half-way. */
  loginWithinMs: number;
  /** How long it has to leave by itself. */
  leaveWithinMs: number;
  /** Between one life and the next: doubled each time, until a login has held for so long. */
  firstRestMs: number;
  longestRestMs: number;
  steadyMs: number;
  /** How often somebody may end a rest. */
  wakeEveryMs: number;
  /** Reports and bytes within a stretch of time: more is a storm. */
  flood: { reports: number; bytes: number; withinMs: number };
  /** How long a single thing that was asked of it may take. */
  answerWithinMs: number;
  fileWithinMs: number;
}

const MINUTE_MS = 60_000;

export const defaultLimits: ChildLimits = {
  aliveEveryMs: 5000,
  silentForMs: 20_000,
  loadWithinMs: MINUTE_MS,
  loginWithinMs: 10 * MINUTE_MS,
  leaveWithinMs: 5000,
  firstRestMs: 5000,
  longestRestMs: 10 * MINUTE_MS,
  steadyMs: 10 * MINUTE_MS,
  wakeEveryMs: MINUTE_MS,
  flood: { reports: 1000, bytes: 64 * 1024 * 1024, withinMs: 10_000 },
  answerWithinMs: 15_000,
  fileWithinMs: 2 * MINUTE_MS,
};

/** Counts what comes within a stretch of time, in two halves. @returns whether it is still no storm */
export function openFloodGate(
  { reports, bytes, withinMs }: ChildLimits['flood'],
  now: () => number,
): (length: number) => boolean {
  let since = now();
  let before = { reports: 0, bytes: 0 };
  let current = { reports: 0, bytes: 0 };
  return (length) => {
    const gone = now() - since;
    if (gone >= withinMs) {
      before = { reports: 0, bytes: 0 };
      current = { reports: 0, bytes: 0 };
      since = now();
    } else if (gone >= withinMs / 2) {
      before = current;
      current = { reports: 0, bytes: 0 };
      since = now();
    }
    current.reports += 1;
    current.bytes += length;
    return before.reports + current.reports <= reports && before.bytes + current.bytes <= bytes;
  };
}
