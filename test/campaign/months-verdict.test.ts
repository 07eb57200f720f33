import { describe, expect, test } from 'vitest';
import { type Month, verdictsOn } from '../../campaign/months-verdict.ts';

const MIB = 2 ** 20;
const MONTHS = 24;
const QUARTER = 3;
const ANSWERS = {
  p50Ms: 10,
  p99Ms: 30,
  slowestMs: 20,
  slowest: '统计 of the secretary',
  byQuestion: new Map(),
};

/** A month of a bureau of which the record grows by 5 MiB a month and nothing else grows. */
const month = (number: number): Month => ({
  name: `month ${number}`,
  ...{ heapBytes: 70 * MIB, rssBytes: 200 * MIB, cpuMs: 1000 * number, answers: ANSWERS },
  ...{ fileBytes: (20 + 5 * number) * MIB, walBytes: 4 * MIB, recordBytes: 5 * number * MIB },
  ...{
    passingBytes: 15 * MIB,
    freeBytes: 0,
    steps: 1000 * number,
    rows: { Outbox: 9000, JobRun: 500 * number },
  },
});

const broken = (change: (month: Month, number: number) => Partial<Month>, end = ANSWERS): string[] => {
  const months = Array.from({ length: MONTHS }, (_, index) => {
    const same = month(index + 1);
    return { ...same, ...change(same, index + 1) };
  });
  const verdicts = verdictsOn(months, QUARTER, { beginning: ANSWERS, end });
  return verdicts.filter(({ isKept }) => !isKept).map(({ name }) => name);
};

describe('of 24 months', () => {
  test('a record that grows by what is recorded, and nothing else that grows, is as it should be', () => {
    expect(broken(() => ({}))).toEqual([]);
  });

  test('what fills up in the first two quarters and then stays is as it should be', () => {
    expect(broken((_, number) => ({ passingBytes: Math.min(number, 6) * MIB }))).toEqual([]);
  });

  test.each<[string, Partial<Record<keyof Month, (number: number) => number>>]>([
    ['memory in use', { heapBytes: (number) => (70 + 2 * number) * MIB }],
    ['resident memory', { rssBytes: (number) => (200 + 5 * number) * MIB }],
    ['record, growth a month', { recordBytes: (number) => number ** 2 * MIB }],
    ['what is no record', { passingBytes: (number) => number * MIB }],
    ['log beside the file', { walBytes: (number) => number * MIB }],
  ])('%s that goes on growing is told', (name, change) => {
    const changed = (_: Month, number: number): Partial<Month> =>
      Object.fromEntries(Object.entries(change).map(([key, of]) => [key, of(number)]));
    expect(broken(changed)).toEqual([name]);
  });

  test('rows that nobody sweeps are told, where the bytes do not show it', () => {
    expect(broken((_, number) => ({ rows: { Outbox: 1000 * number } }))).toEqual(['rows that are no record']);
  });

  test('answers that take longer than at the beginning are told, up to a fifth they are not', () => {
    expect(broken(() => ({}), { ...ANSWERS, p50Ms: 12, slowestMs: 24 })).toEqual([]);
    expect(broken(() => ({}), { ...ANSWERS, p50Ms: 12.1 })).toEqual(['answers, p50']);
    expect(broken(() => ({}), { ...ANSWERS, slowestMs: 24.1 })).toEqual([
      'answers, slowest word (统计 of the secretary)',
    ]);
  });
});
