import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runs } from '../chance.ts';
import type { SampleRecord } from '../sample-record.ts';
import { openForRounds, playRound, stories } from './any-round.ts';

let record: SampleRecord;

beforeAll(async () => {
  record = await openForRounds();
});

afterAll(() => record.close());

test('whatever people say in a round, its messages, closings, figures and chain are as they ought to be', async () => {
  const told = new Map<string, number>();
  let warnings = 0;
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      const copy = await record.copy();
      try {
        const { violations, said, ...counted } = await playRound(copy, story);
        expect(violations).toEqual([]);
        for (const [word, count] of said) told.set(word, (told.get(word) ?? 0) + count);
        warnings += counted.warnings;
      } finally {
        await copy.close();
      }
    }),
    { numRuns: runs(2), endOnFailure: true },
  );
  // Else the rounds would show little; `npm run campaign:round` plays more of them.
  expect([...told.keys()]).toEqual(expect.arrayContaining(['指派', '申请销号', '审核通过', '拒绝']));
  expect(warnings).toBeGreaterThan(0);
}, 180_000);
