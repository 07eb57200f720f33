import { GENESIS } from './trail.ts';

/** A head from outside: everything up to it is unchanged. */
export interface StandingHead {
  /** Hexadecimal. */
  head: string;
  /** How many records stand up to it. */
  records: number;
  /** When the last of them was made, ISO 8601. */
  at: string;
}

/** Heads that are looked for while the chain is walked. */
export interface WantedHeads {
  /** The chain had this head. */
  meet(head: StandingHead): void;
  /** The first head met that begins with these digits, which were wanted. */
  found(start: string): StandingHead | undefined;
}

/** Too few digits would fit some head of any chain, none at all would fit every one. */
const HEAD = /^[0-9a-f]{16,64}$/;
const SHORTEST = 16;

/** @param starts hexadecimal, at least the first 16 of a head's 64 digits each */
export function wantedHeads(starts: readonly string[]): WantedHeads {
  const byBeginning = Map.groupBy(new Set(starts), (start) => start.slice(0, SHORTEST));
  const met = new Map<string, StandingHead>();
  return {
    meet(standing) {
      for (const start of byBeginning.get(standing.head.slice(0, SHORTEST)) ?? [])
        if (standing.head.startsWith(start) && !met.has(start)) met.set(start, standing);
    },
    found: (start) => met.get(start),
  };
}

/** What somebody typed, as digits; absent: it is no head. */
export function typedHead(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  return HEAD.test(plain) ? plain : undefined;
}

/** @returns sentences for those that were not met */
export const missingHeads = (heads: WantedHeads, given: readonly string[], whose: string): string[] =>
  // Before the first record there was nothing that could have been removed.
  given.filter((head) => head !== GENESIS && !heads.found(head)).map((head) => missingHead(head, whose));

export const missingHead = (head: string, whose: string): string =>
  `Head ${head.slice(0, 16)}… ${whose} is not in the chain: records were removed or rewritten`;
