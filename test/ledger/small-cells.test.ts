import { describe, expect, it } from 'vitest';
import { type Shown, shownFigure, shownRows, shownText } from '../../ledger/small-cells.ts';

/** Every table of so many rows whose things add up to the total, each counted in one row or in several. */
function* tables(rows: number, total: number, exclusive: boolean): Generator<number[]> {
  const figures = Array.from({ length: rows }, () => 0);
  for (;;) {
    const sum = figures.reduce((all, figure) => all + figure, 0);
    if (exclusive ? sum === total : sum >= total) yield [...figures];
    let place = 0;
    while (place < rows && figures[place] === total) figures[place++] = 0;
    if (place === rows) return;
    figures[place] = (figures[place] ?? 0) + 1;
  }
}

/** Small figures that can be worked out by who knows the rule: every table that would look the same has the same there. */
function workedOut(rows: number, total: number, smallest: number, exclusive: boolean): string[] {
  const alike = Map.groupBy(tables(rows, total, exclusive), (figures) =>
    JSON.stringify(shownRows(figures, total, { smallest, exclusive })),
  );
  return [...alike].flatMap(([shown, possible]) => {
    const places = Array.from({ length: rows }, (_, place) => place);
    const known = places.filter((place) => new Set(possible.map((figures) => figures[place])).size === 1);
    const told = known.filter(
      (place) => (possible[0]?.[place] ?? 0) > 0 && (possible[0]?.[place] ?? 0) < smallest,
    );
    return told.map(
      (place) => `${shown} tells row ${place} of ${possible[0]} (total ${total}, <${smallest})`,
    );
  });
}

/** A smaller total is not shown itself. */
const totals = (from: number, to: number) => Array.from({ length: to + 1 - from }, (_, more) => from + more);

describe('a table with small figures', () => {
  it.each([2, 3, 4])('of things counted once tells none below %i, though the total is known', (smallest) => {
    for (const rows of [1, 2, 3, 4]) {
      const told = totals(smallest, rows > 3 ? 13 : 20).flatMap((total) =>
        workedOut(rows, total, smallest, true),
      );
      expect(told).toEqual([]);
    }
  });

  it.each([2, 3, 4])('of things counted in several rows tells none below %i', (smallest) => {
    for (const rows of [2, 3, 4]) {
      const told = totals(smallest, rows > 3 ? 8 : 12).flatMap((total) =>
        workedOut(rows, total, smallest, false),
      );
      expect(told).toEqual([]);
    }
  });

  const once = { smallest: 3, exclusive: true };

  it('shows what is large, and hides one more where the total would give the small one away', () => {
    expect(shownRows([5, 4, 3], 12, once)).toEqual([5, 4, 3]);
    expect(shownRows([9, 1, 8], 18, once)).toEqual([9, 'small', 'withheld']);
    expect(shownRows([9, 1, 0, 0, 8], 18, once)).toEqual([9, 'small', 'small', 'small', 8]);
    expect(shownRows([2, 2], 4, once)).toBeUndefined();
    expect(shownRows([2, 0, 0], 2, once)).toBeUndefined();
  });

  it('shows everything where the rule hides nothing', () => {
    expect(shownRows([1, 0, 2], 3, { smallest: 1, exclusive: true })).toEqual([1, 0, 2]);
    expect(shownRows([0, 0], 0, { smallest: 1, exclusive: true })).toEqual([0, 0]);
    expect(shownFigure(0, 1)).toBe(0);
  });

  it('divides a total that is just not small itself', () => {
    expect(shownRows([3, 0, 0, 0], 3, once)).toEqual([3, 'small', 'small', 'small']);
  });

  it('divides no total that leaves each row at most one below the largest small figure', () => {
    expect(shownRows([2, 2, 2], 6, once)).toBeUndefined();
    expect(shownRows([2, 2, 1], 5, once)).toBeUndefined();
    expect(shownRows([3, 2, 2], 7, once)).toEqual(['withheld', 'small', 'small']);
  });

  it('is written as people read it', () => {
    const written = (['small', 'withheld', 12] satisfies Shown[]).map((shown) => shownText(shown, 3));
    expect(written).toEqual(['<3', '—', '12']);
  });
});
