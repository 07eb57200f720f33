import { expect, it } from 'vitest';
import { runKillCampaign } from '../../campaign/kill-campaign.ts';

it('keeps what it acknowledged and does it once, though it is killed while people work with it', async () => {
  const { journal, record, violations, endings } = await runKillCampaign({ kills: 2, seed: 20_261_123 });
  expect(violations).toEqual({ lost: [], duplicated: [], other: [] });
  expect(endings.map(({ code }) => code)).toEqual([0]);
  expect(record.chain.problems).toEqual([]);
  // Without people at work and broken connections the run would have shown nothing.
  expect(journal.said.filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(5);
  expect(journal.effects.filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(0);
  expect(journal.repeated).toBeGreaterThan(0);
});
