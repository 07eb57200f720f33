/** A figure as it may be shown: itself, that it is small (0 up to, and without, the smallest shown), or not at all. */
export type Shown = number | 'small' | 'withheld';

interface Table {
  /** Figures below it are not shown. */
  smallest: number;
  /** Each counted thing stands in one row only, so that the rows add up to the total; else in one or several. */
  exclusive: boolean;
}

/** A figure that stands alone. */
export const shownFigure = (figure: number, smallest: number): Shown =>
  figure < smallest && smallest > 1 ? 'small' : figure;

/**
 * The rows of a table whose total is known, so that from all that is shown no small figure can be worked out, not even by
 * who knows this rule: 0 counts as small, since else 「<2」 would be 1; what is withheld beside a small figure is chosen by
 * its place and not by its size; and whether it is withheld tells at most that one of two figures is meant.
 * @returns `undefined` where the total is too small to be divided, or would itself tell that every row is as large as a
 * small one can be
 */
export function shownRows(
  figures: readonly number[],
  total: number,
  { smallest, exclusive }: Table,
): Shown[] | undefined {
  if (smallest <= 1) return [...figures];
  const most = (rows: number) => rows * (smallest - 1);
  if (total < smallest || isNearly(total, most(figures.length))) return undefined;
  const shown = figures.map((figure) => shownFigure(figure, smallest));
  const small = shown.filter((one) => one === 'small').length;
  if (small === 0) return shown;
  // The least that the small rows can come to together; where each thing is counted once, what they do come to.
  const rest = total - shown.reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : 0), 0);
  if (rest >= most(small) - 1 || (exclusive && small === 1)) {
    shown[shown.findLastIndex((one) => one !== 'small')] = 'withheld';
  }
  return shown;
}

const isNearly = (total: number, most: number): boolean => total === most || total === most - 1;

/** 「<3」, or a dash. */
export function shownText(shown: Shown, smallest: number): string {
  if (shown === 'small') return `<${smallest}`;
  return shown === 'withheld' ? '—' : String(shown);
}
