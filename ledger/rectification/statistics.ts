import type { Ledger } from '../define.ts';
import type { Entries } from '../entry.ts';
import type { TableContent } from '../message.ts';
import { periodActions } from '../period-actions.ts';
import { inRosterOrder, UNASSIGNED } from './figures/departments.ts';
import { countFigures, type Figures, type FiguresBy, totalOf } from './figures/figures.ts';
import {
  leftOut,
  PROGRESS,
  PROGRESS_MEANS,
  progressOf,
  QUALITY,
  QUALITY_MEANS,
  qualityOf,
} from './figures/words.ts';

type Situation = Parameters<NonNullable<Ledger['statistics']>>[1];

/** 通报 figures of a month, a quarter or a year, of what the person may see. Departments stand in the order of the roster. */
export async function statistics(entries: Entries, situation: Situation): Promise<TableContent[]> {
  const { period, today, calendar } = situation;
  const by = await countFigures({ entries, among: 'seen', period, today, calendar });
  if (by.size === 0) return [];
  const end = calendar.addDays(calendar.dateOf(period.to), -1);
  const until = `${period.name}，截至 ${today < end ? today : end}`;
  const table = (
    name: string,
    columns: readonly string[],
    cells: (figures: Figures) => string[],
    means: readonly string[],
  ): TableContent => {
    const title = `整改台账·${name}`;
    return {
      kind: 'table',
      title,
      columns: ['责任科室', ...columns],
      rows: rowsOf(by, situation, cells),
      footer: [until, ...means],
      actions: periodActions(title, situation),
    };
  };
  return [
    table('进度', PROGRESS, progressOf, PROGRESS_MEANS),
    table('质效', QUALITY, qualityOf, [...QUALITY_MEANS, ...leftOut(totalOf(by))]),
  ];
}

function rowsOf(by: FiguresBy, { directory }: Situation, cells: (figures: Figures) => string[]): string[][] {
  const together = (rest: readonly Figures[]) =>
    totalOf(new Map(rest.map((one, index) => [`${index}`, one])));
  const { departments, unassigned } = inRosterOrder(by, directory, together);
  return [
    ...departments.map(({ name, figures }) => [name, ...cells(figures)]),
    // What no department has is none of theirs: the departments are summed up before it.
    ...(unassigned && departments.length > 0
      ? [['各科室小计', ...cells(together(departments.map(({ figures }) => figures)))]]
      : []),
    ...(unassigned ? [[UNASSIGNED, ...cells(unassigned)]] : []),
    ['合计', ...cells(totalOf(by))],
  ];
}
