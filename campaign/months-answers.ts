import type { Bureau } from './months-bureau.ts';
import type { Voices } from './months-voices.ts';

/** The fixed words that are asked by fixed people. */
const ASKED = ['帮助', '我的整改', '进展', '台账', '统计', '查看 Z1-1'];

export interface Answers {
  p50Ms: number;
  /** On a machine with other work it tells of that work. */
  p99Ms: number;
  /** The median of the question that takes longest. */
  slowestMs: number;
  /** Which one that is. */
  slowest: string;
  /** The median of each question. */
  byQuestion: ReadonlyMap<string, number>;
}

/** In the order of `askersOf`. */
const ASKERS = ['secretary', 'leader', 'supervisor', 'officer', 'staff'];

/** Who asks: of each kind one, always the same. */
export const askersOf = ({ secretary, leaders, supervisors, officers, staff }: Bureau): string[] =>
  [secretary, leaders[0], supervisors[0], officers[0], staff[0]].flatMap((name) => name ?? []);

/** Each word once by each of them, one after the other. @returns how long each answer took, from the typing to the window */
export async function askAll(voices: Voices, askers: readonly string[]): Promise<number[][]> {
  const took: number[][] = [];
  for (const word of ASKED) for (const who of askers) took.push([await voices.ask(who, word)]);
  return took;
}

/** The same of two services in turn, so that both have the same neighbours on the machine. */
export async function askBoth(
  first: Voices,
  second: Voices,
  askers: readonly string[],
  rounds: number,
): Promise<{ first: Answers; second: Answers }> {
  const took = new Map([first, second].map((voices) => [voices, [] as number[][]]));
  for (let round = 0; round < rounds; round += 1)
    for (const [number, word] of ASKED.entries())
      for (const [place, who] of askers.entries()) {
        // Who is asked first changes: what comes after a pause is slower.
        const order = (round + number + place) % 2 === 0 ? [first, second] : [second, first];
        for (const voices of order) {
          const ofEach = took.get(voices) ?? [];
          const question = number * askers.length + place;
          ofEach[question] = [...(ofEach[question] ?? []), await voices.ask(who, word)];
        }
      }
  const of = (voices: Voices) => answersIn(took.get(voices) ?? []);
  return { first: of(first), second: of(second) };
}

/** @param took by question, each time that it was asked */
export function answersIn(took: readonly (readonly number[])[]): Answers {
  const all = took.flat();
  const byQuestion = new Map(took.map((each, index) => [questionAt(index), quantile(each, 0.5)]));
  const [slowest = '', slowestMs = 0] =
    [...byQuestion].toSorted(([, one], [, other]) => other - one)[0] ?? [];
  return {
    p50Ms: quantile(all, 0.5),
    p99Ms: quantile(all, 0.99),
    slowestMs,
    slowest,
    byQuestion,
  };
}

const questionAt = (index: number): string =>
  `${ASKED[Math.floor(index / ASKERS.length)]} of the ${ASKERS[index % ASKERS.length]}`;

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
