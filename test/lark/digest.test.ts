import { expect, it } from 'vitest';
import { runDigestCampaign } from '../../campaign/digest-campaign.ts';

it('a digest to everybody comes once to each, though calls fail, and whoever writes meanwhile is answered within a second', async () => {
  const report = await runDigestCampaign({ people: 120, perSecond: 50, failing: 5, seed: 20_261_123 });
  expect(report).toMatchObject({ once: 120, more: 0, never: 0 });
  expect(report.failed).toBeGreaterThan(0);
  expect(report.answersMs.length).toBeGreaterThan(0);
  expect(Math.max(...report.answersMs)).toBeLessThan(1000);
});
