import type { Seen } from './define.ts';
import type { Outcome } from './run-faults.ts';

/** For people: a line a fault, and under it what was seen and what was broken. */
export const faultsTable = (outcomes: readonly Outcome[]): string =>
  outcomes.map((outcome) => `${linesOf(outcome).join('\n')}\n`).join('');

/** The most of what was broken that is printed for one fault. */
const SHOWN = 8;

function linesOf({ fault, seen, tookMs }: Outcome): string[] {
  const heading = `${fault.name} (${seconds(tookMs)})`;
  if ('skipped' in seen) return [`SKIPPED  ${heading}: ${seen.skipped}`];
  const { broken } = seen;
  return [
    `${broken.length === 0 ? 'KEPT   ' : 'BROKEN '}  ${heading}`,
    `         promised  ${fault.promised}`,
    `         seen      ${inWords(seen)}`,
    ...broken.slice(0, SHOWN).map((line) => `         broken    ${line}`),
    ...(broken.length > SHOWN ? [`         broken    … and ${broken.length - SHOWN} more`] : []),
  ];
}

/** For a page of a manual: fault, promised, seen. */
export const faultsMarkdown = (outcomes: readonly Outcome[]): string =>
  [
    '| fault | promised | seen |',
    '|---|---|---|',
    ...outcomes.map(({ fault, seen }) => {
      const said = 'skipped' in seen ? `skipped: ${seen.skipped}` : `${verdict(seen)}${inWords(seen)}`;
      return `| ${fault.name} | ${fault.promised} | ${said} |`;
    }),
  ].join('\n');

const verdict = ({ broken }: Seen): string => (broken.length === 0 ? '' : '**not kept**: ');

function inWords({ acknowledged, lost, twice, chainHolds, servesAgainMs, remarks }: Seen): string {
  return [
    `${acknowledged} acknowledged`,
    `${lost} lost`,
    `${twice} twice`,
    `chain ${chainHolds ? 'holds' : 'BROKEN'}`,
    ...(servesAgainMs === undefined ? [] : [`serves again after ${seconds(servesAgainMs)}`]),
    ...remarks,
  ].join(', ');
}

/** For programs: one object a fault. */
export const faultsJson = (outcomes: readonly Outcome[]): string =>
  JSON.stringify(
    outcomes.map(({ fault: { name, promised }, seen, tookMs }) => ({
      ...{ name, promised, tookMs: Math.round(tookMs) },
      ...seen,
      isKept: 'skipped' in seen ? null : seen.broken.length === 0,
    })),
    null,
    2,
  );

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
