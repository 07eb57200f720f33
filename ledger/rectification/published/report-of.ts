import type { Rules } from '../../../config/rules.ts';
import type { CalendarDate } from '../../calendar.ts';
import type { Entries } from '../../entry.ts';
import { composeReport, type Publisher } from './compose.ts';
import { type PublishedReport, reportDigest } from './published-report.ts';
import { type Round, readRound } from './read-round.ts';

/** What a round's report would say today, and whether it may go out so. */
export interface Composed {
  round: Round;
  report: PublishedReport;
  sha256: string;
  /** Somebody has signed off just these words. */
  isFinal: boolean;
}

/**
 * The published report of a round as the ledger now stands: the same words for whoever asks.
 * @param named the round's number, or `latest`
 * @throws Refusal where there is no such round
 */
export async function reportOf(
  { entries, today, rules }: { entries: Entries; today: CalendarDate; rules: Rules },
  named: string,
): Promise<Composed> {
  const round = await readRound(entries, named);
  const { signedOff } = round.data;
  const report = composeReport(round, publisher(rules, today));
  if (!signedOff) return { round, report, sha256: reportDigest(report), isFinal: false };
  // What was signed off stays dated as it was.
  const signed = composeReport(round, publisher(rules, signedOff.on));
  const isFinal = reportDigest(signed) === signedOff.sha256;
  const current = isFinal ? signed : report;
  return { round, report: current, sha256: reportDigest(current), isFinal };
}

const publisher = ({ bureau, rectification, publishedReport }: Rules, asOf: CalendarDate): Publisher => ({
  bureau: bureau.name,
  asOf,
  lookBackMonths: rectification.lookBackMonths,
  phone: publishedReport.phone,
  mail: publishedReport.mail,
});
