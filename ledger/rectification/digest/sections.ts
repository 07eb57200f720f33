import { setImmediate as breathe } from 'node:timers/promises';
import type { DigestWeek } from '../../digest-week.ts';
import type { Section } from '../../message.ts';
import { forecast } from '../figures/forecast.ts';
import { trend } from '../figures/trend.ts';
import { decisions } from './decisions.ts';
import { overdue } from './overdue.ts';
import { overview } from './overview.ts';
import { waitingAtOthers } from './waiting-at-others.ts';

/**
 * 周报 of 整改, the most pressing first: how it stands and what the week changed, what the reader has to decide, what is
 * red and who holds it, for the 党组书记 what waits at others, what falls due next, and the last weeks as a chart.
 */
export async function digest(week: DigestWeek): Promise<Section[]> {
  const sections: Section[] = [];
  for (const part of [overview, decisions, overdue, waitingAtOthers, forecast, chart]) {
    sections.push(...(await part(week)));
    // SQLite answers without letting go of the thread: between two, others are heard.
    await breathe();
  }
  return sections;
}

async function chart(week: DigestWeek): Promise<Section[]> {
  const drawn = await trend(week, week.store.rules.leadersDigest.trendWeeks);
  if (!drawn) return [];
  return [{ heading: '整改走势', lines: ['周末在办、逾期的项数，和当周销号的项数。'], chart: drawn }];
}
