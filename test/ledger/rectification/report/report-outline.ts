import { parseReport } from '../../../../ledger/rectification/report/parse-report.ts';

/** One line a problem: number, aspect, title, findings, measures with their numbers. */
export function outline(text: string): string[] {
  return parseReport(text).problems.map(({ number, aspect, title, findings, measures }) => {
    const listed = measures.map((each) => `${each.number}:${each.text}`).join(' / ');
    return [number, aspect ?? '-', title, findings ?? '-', listed].join(' | ');
  });
}

/** Line and text of what was left over. */
export const unplaced = (text: string) => parseReport(text).unplaced.map((each) => [each.line, each.text]);
