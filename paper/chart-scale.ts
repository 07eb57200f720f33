import type { Chart } from '../ledger/message.ts';

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Round numbers up the axis, from 0; all values lie below the topmost. */
export interface Scale {
  ticks: number[];
  top: number;
}

/** Steps between ticks, of which there are at most so many. */
const STEPS = 5;

export function scaleOf({ series }: Pick<Chart, 'series'>): Scale {
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  const step = roundStep(most / STEPS);
  const count = Math.ceil(most / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => index * step);
  return { ticks, top: count * step };
}

/** 1, 2 or 5 with zeros: things are counted, so that no step is a fraction. */
function roundStep(least: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, least))));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

/** Where the figures are drawn, below title and legend. */
export const plotArea = (width: number, height: number, unit: number): Rect => ({
  x: 62 * unit,
  y: 96 * unit,
  width: width - 110 * unit,
  height: height - 146 * unit,
});
