import { letterOf } from './book.ts';
import { FIELD_NAMES, FIELDS } from './fields.ts';
import type { Layout } from './layout.ts';
import { type LedgerFile, notesOf } from './ledger-file.ts';
import type { ImportPlan, RowPlan } from './plan.ts';
import type { FoundRows } from './rows.ts';

/** Rows that are shown to see whether the columns are right. */
export const SAMPLES = 3;
const SAMPLE_LENGTH = 24;

const cut = (text: string): string => {
  const signs = [...text.replace(/\s+/gu, ' ').trim()];
  return signs.length > SAMPLE_LENGTH ? `${signs.slice(0, SAMPLE_LENGTH).join('')}…` : signs.join('');
};

/** 「问题 ← C 列「巡察反馈问题」」, and which headings are not read. */
export function columnLines({ sheet, headLine, headings, mapping }: Layout): string[] {
  const used = new Set(Object.values(mapping));
  const left = [...headings].filter(([column, heading]) => !used.has(column) && heading !== '');
  return [
    `工作表「${sheet.name}」，表头到第 ${headLine} 行：`,
    ...FIELD_NAMES.flatMap((field) => {
      const column = mapping[field];
      return column === undefined
        ? []
        : [`  ${FIELDS[field]} ← ${letterOf(column)} 列「${cut(headings.get(column) ?? '')}」`];
    }),
    ...(left.length > 0
      ? [
          `  不读的列：${left.map(([column, heading]) => `${letterOf(column)}「${cut(heading)}」`).join('、')}`,
        ]
      : []),
  ];
}

/** The first rows as they are understood, a date with what it was read as. */
export const sampleLines = (rows: readonly RowPlan[]): string[] =>
  rows.slice(0, SAMPLES).map(({ row: { line, cells, aspect, problem, measure }, ...plan }) => {
    const on = (plan.adds?.[0] ?? plan.change)?.values.dueOn;
    const said = FIELD_NAMES.flatMap((field) => {
      if (field === 'version' || field === 'problem' || field === 'measure' || field === 'aspect') return [];
      const text = cells[field]?.text.trim();
      if (!text) return [];
      const read = field === 'dueOn' && on !== undefined && on !== text ? ` → ${on}` : '';
      return [`${FIELDS[field]} ${cut(text)}${read}`];
    });
    const whole = [
      aspect && `方面 ${cut(aspect)}`,
      `问题 ${cut(problem)}`,
      measure && `整改措施 ${cut(measure)}`,
    ];
    return `  第 ${line} 行：${[...whole.filter((each) => each !== ''), ...said].join('；')}`;
  });

const KINDS: Readonly<Record<RowPlan['kind'], string>> = {
  add: '新增',
  change: '更改',
  same: '不变',
  refused: '没有导入',
};

/** 「新增 61 行，更改 0 行，不变 0 行，不能导入 0 行」 */
export function countLine(rows: readonly RowPlan[], isDone: boolean): string {
  const count = (kind: RowPlan['kind']) => rows.filter((row) => row.kind === kind).length;
  const refused = isDone ? '没有导入' : '不能导入';
  return `新增 ${count('add')} 行，更改 ${count('change')} 行，不变 ${count('same')} 行，${refused} ${count('refused')} 行`;
}

/** What has to be known of single rows; rows that simply go in are not named. */
export const rowLines = (rows: readonly RowPlan[]): string[] =>
  rows
    .filter(({ kind, says }) => kind !== 'add' || says.length > 0)
    .filter(({ kind, says }) => kind !== 'same' || !says.every((sentence) => sentence.endsWith('保持不变')))
    .map(
      ({ row, kind, ref, says }) =>
        `「${row.sheet}」第 ${row.line} 行${ref ? `（${ref}）` : ''}${KINDS[kind]}${says.length > 0 ? `：${says.join('；')}` : ''}`,
    );

/** Where it goes. */
export const targetLine = ({ round, title, feedbackOn }: ImportPlan): string =>
  round
    ? `导入轮次 ${round.ref}「${round.title}」`
    : `新建轮次「${title}」${feedbackOn ? `，反馈日期 ${feedbackOn}` : '，没有写反馈日期'}`;

/** All of it, for a terminal. */
export const planLines = (file: LedgerFile, found: FoundRows, plan: ImportPlan): string[] => [
  ...file.layouts.flatMap(columnLines),
  ...(file.isRemembered ? ['列的对应关系与上次确认的相同。'] : []),
  '前几行读作：',
  ...sampleLines(plan.rows),
  ...notesOf(file, found),
  `${targetLine(plan)}：${countLine(plan.rows, false)}`,
  ...rowLines(plan.rows),
];
