import type { Entry } from '../define.ts';
import type { Operation } from '../operation.ts';
import type { NewEntry } from '../write-entry.ts';
import type { RectificationData } from './data.ts';
import type { RectificationReport, ReportProblem } from './report/parse-report.ts';

/** What an import of a report did, or would do. */
export interface ReportImport {
  round: string;
  /** Refs that were added. */
  added: string[];
  unchanged: number;
  /** Refs whose text in the ledger differs from the report's: the ledger's stays. */
  differing: string[];
}

const LEDGER = 'rectification';

/**
 * Brings the problems and measures of a published report into the ledger, open to be assigned. What is there already
 * stays as it is, so a second import of the same report changes nothing.
 */
export async function importReport(operation: Operation, report: RectificationReport): Promise<ReportImport> {
  const known = await findRound(operation, report);
  const round = known ?? (await operation.create(await newRound(operation, report)));
  const result: ReportImport = {
    round: round.ref,
    added: known ? [] : [round.ref],
    unchanged: known ? 1 : 0,
    differing: [],
  };
  for (const problem of report.problems) await importProblem(operation, report, round, problem, result);
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

async function newRound({ entries }: Operation, report: RectificationReport): Promise<NewEntry> {
  const count = await entries.count({ ledger: LEDGER, parentId: null });
  const { issuer, issuedOn, feedbackOn } = report;
  return {
    ledger: LEDGER,
    ref: `Z${count + 1}`,
    state: 'progressing',
    title: titleOf(report),
    data: {
      level: 'round',
      source: '巡察',
      ...(issuer && { issuer }),
      ...(issuedOn && { issuedOn }),
      ...(feedbackOn && { feedbackOn }),
    } satisfies RectificationData,
  };
}

/** Places in lists: problem 3 is 3000, its second measure 3002. */
const PLACES = 1000;

async function importProblem(
  operation: Operation,
  report: RectificationReport,
  round: Entry,
  problem: ReportProblem,
  result: ReportImport,
): Promise<void> {
  const shared = {
    ...(problem.aspect && { aspect: problem.aspect }),
    ...(report.feedbackOn && { feedbackOn: report.feedbackOn }),
  };
  const top = await importItem(operation, result, {
    ledger: LEDGER,
    ref: `${round.ref}-${problem.number}`,
    state: problem.measures.length > 0 ? 'progressing' : 'unassigned',
    title: problem.title,
    parentId: round.id,
    position: problem.number * PLACES,
    data: {
      level: 'problem',
      number: problem.number,
      ...shared,
      ...(problem.findings && { findings: problem.findings }),
    } satisfies RectificationData,
  });
  for (const measure of problem.measures) {
    await importItem(operation, result, {
      ledger: LEDGER,
      ref: `${top.ref}-${measure.number}`,
      state: 'unassigned',
      title: measure.text,
      parentId: top.id,
      position: problem.number * PLACES + measure.number,
      data: { level: 'measure', number: measure.number, ...shared } satisfies RectificationData,
    });
  }
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
