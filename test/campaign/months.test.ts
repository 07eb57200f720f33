import { expect, test } from 'vitest';
import { runMonthsCampaign } from '../../campaign/months-campaign.ts';

test('two months of twenty people: everything is answered, the chain holds, and all kinds of things happened', {
  timeout: 300_000,
}, async () => {
  const report = await runMonthsCampaign({
    ...{ months: 2, people: 20, seed: 1, askedRounds: 1 },
    say: () => undefined,
  });
  expect(report.unanswered).toEqual([]);
  expect(report.chain.problems).toEqual([]);
  expect(report.problems).toEqual([]);
  expect(report.refused).toEqual([]);
  expect(report.months.map(({ name }) => name)).toEqual(['2025-01', '2025-02']);
  expect(report.months.every(({ steps, recordBytes }) => steps > 0 && recordBytes > 0)).toBe(true);
  expect(report.states).toMatchObject({ 'nil-return declared': expect.any(Number) });
  expect(report.states['rectification closed']).toBeGreaterThan(0);
});
