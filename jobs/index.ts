import type { Job } from './define.ts';
import { gradedWarning } from './graded-warning.ts';
import { intercessionDeadlines } from './intercession-deadlines.ts';
import { leadersDigest } from './leaders-digest.ts';
import { nilReturnAsk } from './nil-return-ask.ts';
import { nilReturnRemind } from './nil-return-remind.ts';
import { sweep } from './sweep.ts';
import { weeklyCard } from './weekly-card.ts';
import { weeklySummary } from './weekly-summary.ts';

/** Everything that happens by itself: one file each, and one word here. */
export const jobs: readonly Job[] = [
  sweep,
  leadersDigest,
  gradedWarning,
  intercessionDeadlines,
  weeklyCard,
  weeklySummary,
  nilReturnAsk,
  nilReturnRemind,
];
