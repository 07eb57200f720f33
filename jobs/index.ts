import type { Job } from './define.ts';
import { gradedWarning } from './graded-warning.ts';
import { leadersDigest } from './leaders-digest.ts';
import { sweep } from './sweep.ts';
import { weeklyCard } from './weekly-card.ts';
import { weeklySummary } from './weekly-summary.ts';

/** Everything that happens by itself: one file each, and one word here. */
export const jobs: readonly Job[] = [sweep, leadersDigest, gradedWarning, weeklyCard, weeklySummary];
