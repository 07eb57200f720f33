import * as z from 'zod';
import type { Ledger } from '../define.ts';
import type { Entries, Tally } from '../entry.ts';
import type { TableContent } from '../message.ts';
import { periodActions } from '../period-actions.ts';
import { type Shown, shownFigure, shownRows, shownText } from '../small-cells.ts';
import { CHANNELS, CIRCUMSTANCES, INTERCESSOR_KINDS, REPLIES, STAGES } from './fields.ts';

type Kind = keyof typeof INTERCESSOR_KINDS;

/**
 * 内部/外部 by 人员类别: of this bureau's own staff, or from outside it. 领导身边工作人员 may be either, and of who is
 * unknown nobody can say.
 */
const ORIGINS: Readonly<Record<string, readonly Kind[]>> = {
  内部人员: ['own-leader', 'colleague', 'subordinate', 'left-post'],
  外部人员: ['superior', 'relative', 'applicant', 'expert', 'intermediary'],
  未能区分: ['aide', 'unknown', 'other'],
};

/** What filing.ts keeps to be counted by; records of before it was kept say nothing of 补报. */
const facetsSchema = z.object({
  channel: z.string(),
  intercessorKind: z.string(),
  stage: z.string(),
  circumstances: z.array(z.string()),
  reply: z.string(),
  late: z.boolean().optional(),
});
type Facets = z.infer<typeof facetsSchema>;

type Situation = Parameters<NonNullable<Ledger['statistics']>>[1];

/** What the tables are made from. */
interface Counted {
  total: number;
  smallest: number;
  /** How many have this facet so. */
  of(values: (facets: Facets) => readonly string[]): (value: string) => number;
}

const NAME = '说情打招呼';

/** Desensitised figures: by 情形, 方式, 环节, 人员类别, 当场答复 and 补报, small ones hidden. */
export async function statistics(entries: Entries, situation: Situation): Promise<TableContent[]> {
  const { period, rules } = situation;
  const tallies = await entries.tally({ ledger: 'intercession', createdBetween: period });
  const { smallestCell } = rules.statistics;
  const counted = countedIn(tallies, smallestCell);
  const table = (name: string, rows: string[][], ...footer: string[]): TableContent => {
    const title = `${NAME}·${name}`;
    return {
      kind: 'table',
      title,
      columns: [name, period.name],
      rows: [...rows, ['合计', shownText(shownFigure(counted.total, smallestCell), smallestCell)]],
      footer: [...footer, ...(rows.length === 0 ? ['数量较少，不分列。'] : []), ...legend(smallestCell)],
      actions: periodActions(title, situation),
    };
  };
  const by = (name: string, options: Readonly<Record<string, string>>, of: (facets: Facets) => string) =>
    table(
      name,
      divided(counted, options, (facets) => [of(facets)], true),
    );
  return [
    table(
      '情形',
      divided(counted, CIRCUMSTANCES, ({ circumstances }) => circumstances, false),
      '一条记录可有多种情形，各项之和可大于合计。',
    ),
    by('方式', CHANNELS, ({ channel }) => channel),
    by('环节', STAGES, ({ stage }) => stage),
    table('人员类别', byOrigin(counted)),
    by('当场答复', REPLIES, ({ reply }) => reply),
    by('补报', LATE, ({ late }) => (late === undefined ? 'unknown' : String(late))),
  ];
}

const LATE = { true: '补报', false: '按时记录', unknown: '未注明' };

function countedIn(tallies: readonly Tally[], smallest: number): Counted {
  const groups = tallies.map(({ facets, count }) => ({ facets: facetsSchema.parse(facets), count }));
  return {
    smallest,
    total: groups.reduce((sum, { count }) => sum + count, 0),
    of(values) {
      const counts = new Map<string, number>();
      for (const { facets, count } of groups) {
        for (const value of values(facets)) counts.set(value, (counts.get(value) ?? 0) + count);
      }
      return (value) => counts.get(value) ?? 0;
    },
  };
}

function divided(
  { total, smallest, of }: Counted,
  options: Readonly<Record<string, string>>,
  values: (facets: Facets) => readonly string[],
  exclusive: boolean,
): string[][] {
  const countOf = of(values);
  const shown = shownRows(Object.keys(options).map(countOf), total, { smallest, exclusive });
  return shown ? rowsOf(Object.values(options), shown, smallest) : [];
}

const rowsOf = (labels: readonly string[], shown: readonly Shown[], smallest: number): string[][] =>
  labels.map((label, index) => [label, shownText(shown[index] ?? 'withheld', smallest)]);

/** 内部, 外部, and under each its kinds. Where the sum of a group is not shown, nothing of it is. */
function byOrigin({ total, smallest, of }: Counted): string[][] {
  const countOf = of(({ intercessorKind }) => [intercessorKind]);
  const groups = Object.entries(ORIGINS).map(([name, kinds]) => ({
    name,
    kinds,
    figures: kinds.map(countOf),
  }));
  const sums = groups.map(({ figures }) => figures.reduce((sum, figure) => sum + figure, 0));
  const shownSums = shownRows(sums, total, { smallest, exclusive: true });
  if (!shownSums) return [];
  return groups.flatMap(({ name, kinds, figures }, index) => {
    const sum = shownSums[index] ?? 'withheld';
    const rows = typeof sum === 'number' ? shownRows(figures, sum, { smallest, exclusive: true }) : undefined;
    const labels = kinds.map((kind) => `　${INTERCESSOR_KINDS[kind]}`);
    return [[name, shownText(sum, smallest)], ...(rows ? rowsOf(labels, rows, smallest) : [])];
  });
}

const legend = (smallest: number): string[] => [
  ...(smallest > 1 ? [`「<${smallest}」含 0；「—」为不单列，以免推算出较小的数。`] : []),
  '按登记时间统计，含已撤回的记录。',
];
