import type { Entry } from '../define.ts';
import type { Operation } from '../operation.ts';
import type { NewEntry } from '../write-entry.ts';
import { dataSchema, type RectificationData, SOURCES } from './data.ts';
import type { RectificationReport, ReportProblem } from './report/parse-report.ts';
import { fromRound, LEDGER, newMeasure, newProblem } from './round-parts.ts';
import { newRound } from './rounds.ts';
import { settle } from './settle.ts';

/** What an import of a report did, or would do. */
export interface ReportImport {
  round: string;
  /** Refs that were added. */
  added: string[];
  unchanged: number;
  /** Refs whose text in the ledger differs from the report's: the ledger's stays. */
  differing: string[];
}

/**
 * Brings the problems and measures of a published report into the ledger, open to be assigned. What is there already
 * stays as it is, so a second import of the same report changes nothing.
 */
export async function importReport(operation: Operation, report: RectificationReport): Promise<ReportImport> {
  const known = await findRound(operation, report);
  const round = known ?? (await operation.create(await roundOf(operation, report)));
  const result: ReportImport = {
    round: round.ref,
    added: known ? [] : [round.ref],
    unchanged: known ? 1 : 0,
    differing: [],
  };
  for (const problem of report.problems) await importProblem(operation, round, problem, result);
  return result;
}

/** A round is known by its bureau, feedback date and title. */
async function findRound({ entries }: Operation, report: RectificationReport): Promise<Entry | undefined> {
  const rounds = await entries.list({ ledger: LEDGER, parentId: null });
  return rounds.find(({ title, data }) => {
    const round = data as RectificationData;
    if (round.level !== 'round' || title !== titleOf(report)) return false;
    return round.issuer === report.issuer && round.feedbackOn === report.feedbackOn;
  });
}

const titleOf = (report: RectificationReport): string =>
  report.title ?? `${report.issuer ?? '巡察'}整改${report.feedbackOn ? `（${report.feedbackOn} 反馈）` : ''}`;

/** Whether its items need the 党组会 is laid down by the rule that holds now; older rounds keep theirs. */
async function roundOf(operation: Operation, report: RectificationReport): Promise<NewEntry> {
  const { issuer, issuedOn, feedbackOn } = report;
  const { meetingConfirms } = operation.store.rules.rectification;
  const round = await newRound(operation, titleOf(report), {
    level: 'round',
    source: SOURCES.inspection,
    ...(issuer && { issuer }),
    ...(issuedOn && { issuedOn }),
    ...(feedbackOn && { feedbackOn }),
    ...(meetingConfirms && { needsMeeting: true }),
  });
  return report.problems.length > 0 ? { ...round, state: 'progressing' } : round;
}

async function importProblem(
  operation: Operation,
  round: Entry,
  problem: ReportProblem,
  result: ReportImport,
): Promise<void> {
  const before = result.added.length;
  const shared = {
    ...(problem.aspect && { aspect: problem.aspect }),
    ...fromRound(roundData(round)),
  };
  const top = await importItem(
    operation,
    result,
    newProblem(round, problem.number, {
      title: problem.title,
      hasMeasures: problem.measures.length > 0,
      says: { ...shared, ...(problem.findings && { findings: problem.findings }) },
    }),
  );
  let last = top;
  for (const { number, text } of problem.measures)
    last = await importItem(operation, result, newMeasure(top, number, { title: text, says: shared }));
  // What had been closed without it, or had waited for it, is worked on now.
  if (result.added.length > before) await settle(operation, last);
}

function roundData({ ref, data }: Entry) {
  const round = dataSchema.parse(data);
  if (round.level !== 'round') throw new Error(`${ref} is no round`);
  return round;
}

async function importItem(operation: Operation, result: ReportImport, item: NewEntry): Promise<Entry> {
  const known = await operation.entries.find({ ref: item.ref });
  if (!known) {
    result.added.push(item.ref);
    return operation.create(item);
  }
  if (known.title === item.title) result.unchanged += 1;
  else result.differing.push(item.ref);
  return known;
}
