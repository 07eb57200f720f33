import { runKillCampaign } from '../kill-campaign.ts';
import { seenIn } from './at-work.ts';
import type { Fault } from './define.ts';

const KILLS = 5;

export const killed: Fault = {
  name: 'kill',
  promised:
    'A process that is killed at any instant has lost nothing that it acknowledged, and does nothing twice.',
  async inject({ seed }) {
    const { journal, record, violations, servesAgainMs } = await runKillCampaign({ kills: KILLS, seed });
    const seen = seenIn(journal, record, {
      servesAgainMs: Math.max(...servesAgainMs),
      remarks: [`killed ${KILLS} times, once while it made its database`],
    });
    const broken = Object.values(violations).flat();
    return { ...seen, broken };
  },
};
