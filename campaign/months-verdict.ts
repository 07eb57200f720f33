import type { Answers } from './months-answers.ts';
import { type Kept, PASSING, WEEKLY_RUNS } from './months-measures.ts';

/** What was measured at the end of a month. */
export interface Month extends Kept {
  /** YYYY-MM */
  name: string;
  heapBytes: number;
  rssBytes: number;
  /** What it has worked since it began. */
  cpuMs: number;
  answers: Answers;
}

export interface Verdict {
  name: string;
  /** What it was at the beginning and at the end. */
  beginning: number;
  end: number;
  unit: string;
  isKept: boolean;
}

/** At the end as at the beginning within this part. */
const WITHIN = 0.2;
/** From the third quarter on: until then there is more each month of what is kept for 90 days. */
const FULL_FROM = 2;

/**
 * What has to be at the end as at the beginning. The record grows by what people record, so its growth in the last quarter
 * is held against that of the first quarter in which everything goes on that a quarter has; everything else must have
 * stopped growing once the longest time for which it is kept is over.
 * @param quarter months in one, 3 in a run of 24
 * @param answers of the service at the end, and of a service on the copy of its first quarter, asked in turn
 */
export function verdictsOn(
  months: readonly Month[],
  quarter: number,
  answers: { end: Answers; beginning: Answers },
): Verdict[] {
  const at = (number: number) => months.slice(number * quarter, (number + 1) * quarter);
  const last = Math.floor(months.length / quarter) - 1;
  const mean = (some: readonly Month[], of: (month: Month) => number) =>
    some.reduce((sum, month) => sum + of(month), 0) / some.length;
  const growth = (number: number) => {
    const [before, after] = [months[number * quarter - 1], months[(number + 1) * quarter - 1]];
    if (!before || !after) return Number.NaN;
    return (after.recordBytes - before.recordBytes) / quarter;
  };
  const megabytes = (bytes: number) => bytes / 2 ** 20;
  const held = (name: string, of: (month: Month) => number, from: number): Verdict =>
    atMost(name, 'MiB', megabytes(mean(at(from), of)), megabytes(mean(at(last), of)));
  const full = Math.min(FULL_FROM, last);
  return [
    held('memory in use', ({ heapBytes }) => heapBytes, 1),
    held('resident memory', ({ rssBytes }) => rssBytes, 1),
    atMost('answers, p50', 'ms', answers.beginning.p50Ms, answers.end.p50Ms),
    atMost(
      `answers, slowest word (${answers.end.slowest})`,
      'ms',
      answers.beginning.slowestMs,
      answers.end.slowestMs,
    ),
    atMost('record, growth a month', 'MiB', megabytes(growth(1)), megabytes(growth(last))),
    held('what is no record', ({ passingBytes }) => passingBytes, full),
    atMost('rows that are no record', '', mean(at(full), rowsPassing), mean(at(last), rowsPassing)),
    held('log beside the file', ({ walBytes }) => walBytes, full),
  ];
}

const rowsPassing = ({ rows }: Month): number =>
  [...PASSING, WEEKLY_RUNS].reduce((sum, table) => sum + (rows[table] ?? 0), 0);

/** Less is as good as the same. */
const atMost = (name: string, unit: string, beginning: number, end: number): Verdict => ({
  ...{ name, unit, beginning, end },
  isKept: end <= beginning * (1 + WITHIN),
});
