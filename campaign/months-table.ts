import type { MonthsReport } from './months-campaign.ts';
import type { Month } from './months-verdict.ts';

/** The most problems of a kind that are printed. */
const SHOWN = 10;
const QUARTERS = 8;

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/** What each quarter's last month was like, and what of it must not change. */
export function tableOf(report: MonthsReport): string {
  const { months, verdicts, said, chain, states, refused, tookMs } = report;
  const every = Math.max(1, Math.floor(months.length / QUARTERS));
  const shown = months.filter((_, index) => (index + 1) % every === 0);
  const row = (name: string, of: (month: Month) => string | number): string =>
    [name.padEnd(24), ...shown.map((month) => String(of(month)).padStart(9))].join('');
  const tables = Object.keys(shown[0]?.rows ?? {}).map((table) =>
    row(`  ${table}`, ({ rows }) => rows[table] ?? 0),
  );
  const judged = verdicts.map(
    ({ name, beginning, end, unit, isKept }) =>
      `${isKept ? 'kept  ' : 'BROKEN'} ${name.padEnd(24)} ${beginning.toFixed(2)} → ${end.toFixed(2)} ${unit}` +
      ` (${(end / beginning).toFixed(2)} ×)`,
  );
  return `${[
    row('at the end of', ({ name }) => name),
    row('file, MiB', ({ fileBytes }) => mebibytes(fileBytes)),
    row('  record', ({ recordBytes }) => mebibytes(recordBytes)),
    row('  what is no record', ({ passingBytes }) => mebibytes(passingBytes)),
    row('  free', ({ freeBytes }) => mebibytes(freeBytes)),
    row('log beside it, MiB', ({ walBytes }) => mebibytes(walBytes)),
    row('memory in use, MiB', ({ heapBytes }) => mebibytes(heapBytes)),
    row('resident, MiB', ({ rssBytes }) => mebibytes(rssBytes)),
    row('answers, p50 ms', ({ answers }) => answers.p50Ms.toFixed(1)),
    row('answers, p99 ms', ({ answers }) => answers.p99Ms.toFixed(1)),
    row('answers, slowest word', ({ answers }) => answers.slowestMs.toFixed(1)),
    row('worked, s', ({ cpuMs }) => (cpuMs / 1000).toFixed(0)),
    'rows',
    ...tables,
    '',
    ...judged,
    '',
    `said ${said}, chain ${chain.records} records, ${Math.round(tookMs / 1000)} s`,
    `entries: ${Object.entries(states)
      .map(([state, count]) => `${state} ${count}`)
      .join(', ')}`,
    ...refused.slice(0, SHOWN).map(([words, count]) => `refused ${count} ×: ${words}`),
    ...failuresIn(report),
  ].join('\n')}\n`;
}

/** What was promised and did not hold. */
export function failuresIn({ verdicts, unanswered, chain, problems }: MonthsReport): string[] {
  const some = (kind: string, found: readonly string[]) => [
    ...found.slice(0, SHOWN).map((line) => `${kind}: ${line}`),
    ...(found.length > SHOWN ? [`${kind}: … and ${found.length - SHOWN} more`] : []),
  ];
  return [
    ...verdicts.filter(({ isKept }) => !isKept).map(({ name }) => `not within 20 %: ${name}`),
    ...some('unanswered', unanswered),
    ...some('chain', chain.problems),
    ...some('logged', problems),
  ];
}
