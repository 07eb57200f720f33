/** One case as `--json` prints it: medians of the rounds; `null` where the case has no such figure. */
export interface BenchCase {
  name: string;
  perSecond: number | null;
  p50Ms: number | null;
  p99Ms: number | null;
  /** Resident memory of the process that was measured, at its most. */
  rssMiB: number | null;
  /** Of what was measured to its reference in the same round: what it is a ratio of stands in `against`. */
  ratio: number | null;
  /** The reference, in words; `null` where there is none. */
  against: string | null;
  /** The least and the most of the rounds, of every figure that differs from round to round. */
  spread: Partial<Record<Figure, readonly [number, number]>>;
  /** What else the case found, by name; units last in the name. */
  more: Record<string, number>;
}

/** A figure that every case may have. */
export type Figure = (typeof FIGURES)[number];

const FIGURES = ['perSecond', 'p50Ms', 'p99Ms', 'rssMiB', 'ratio'] as const;

/** What one round found; a figure that a case does not have is left out. */
export type Round = Partial<Record<Figure, number>>;

/** The rounds of a case as one. `more` is said as it is. */
export function benchCase(
  name: string,
  rounds: readonly Round[],
  { against = null, more = {} }: { against?: string | null; more?: Record<string, number> } = {},
): BenchCase {
  const of = (figure: Figure) => rounds.flatMap((round) => round[figure] ?? []);
  const figures = FIGURES.map((figure) => [figure, of(figure).length > 0 ? median(of(figure)) : null]);
  const spread = FIGURES.filter((figure) => of(figure).length > 1).map((figure) => [
    figure,
    [Math.min(...of(figure)), Math.max(...of(figure))],
  ]);
  return {
    name,
    ...(Object.fromEntries(figures) as Record<Figure, number | null>),
    against,
    spread: Object.fromEntries(spread),
    more,
  };
}

/** Of an even number, the upper of the two in the middle. */
export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The cases as people read them: a line each, with the least and the most of the rounds in brackets. */
export function caseTable(cases: readonly BenchCase[]): string {
  if (cases.length === 0) return '';
  return table(
    ['case', 'per second', 'p50 ms', 'p99 ms', 'RSS MiB', 'ratio', 'against', 'more'],
    cases.map((each) => [
      each.name,
      ...FIGURES.map((figure) => inWords(each, figure)),
      each.against ?? '',
      Object.entries(each.more)
        .map(([name, value]) => `${name} ${short(value)}`)
        .join(', '),
    ]),
  );
}

function inWords(each: BenchCase, figure: Figure): string {
  const value = each[figure];
  const ends = each.spread[figure];
  if (value === null) return '';
  return ends ? `${short(value)} (${short(ends[0])}–${short(ends[1])})` : short(value);
}

/** Three digits that count. */
const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : `${Number(value.toPrecision(3))}`;

/** Columns as wide as what stands in them; a Chinese sign is two wide. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  const pad = (cell: string, column: number) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell));
  return `${all.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')}\n`;
}

const widthOf = (text: string): number => text.length + (text.match(/[\u2E80-\uFFEF]/gu)?.length ?? 0);
