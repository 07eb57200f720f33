import type { RawValues } from '../form.ts';
import { ANSWERS, CHECKS } from './data.ts';

/** What the fields are called whose former values stand in the history. */
const FORMER: Readonly<Record<string, string>> = {
  title: '原文',
  target: '整改目标',
  standard: '完成标准',
  evidenceNeeded: '佐证要求',
  published: '是否公开',
  publicSummary: '公布的完成情况',
  source: '来源',
  feedbackBy: '反馈单位',
  feedbackOn: '反馈日期',
  dueOn: '时限',
};

const FIELDS_SAID = ['text', 'summary', 'opinion', 'reason', 'findings', 'measures', 'name'];

/** Dates that were asked for: what is granted or withdrawn later says them no more. */
const ASKED: Readonly<Record<string, string>> = { to: '延期至', until: '预计恢复' };

/** Other items that the step was about too. */
const REFS: Readonly<Record<string, string>> = { takenAlong: '一并作废', added: '编号' };

const named = (word: string, refs: unknown): string | undefined =>
  Array.isArray(refs) ? `${word} ${refs.join('、')}` : undefined;

/** What is filled in with a step, as the history shows it; what it took the place of stands behind. */
export function noteOf(values: RawValues): string | undefined {
  const said = [
    ...[ANSWERS[values.answer as keyof typeof ANSWERS], CHECKS[values.how as keyof typeof CHECKS]],
    ...Object.entries(ASKED).map(([name, word]) => values[name] && `${word} ${String(values[name])}`),
    ...FIELDS_SAID.map((name) => values[name]),
    ...Object.entries(REFS).map(([name, word]) => named(word, values[name])),
    formerly(values.replaced),
  ].filter((each): each is string => typeof each === 'string' && each !== '');
  return said.length > 0 ? said.join('；') : undefined;
}

function formerly(replaced: unknown): string | undefined {
  if (replaced === null || typeof replaced !== 'object') return undefined;
  const lines = Object.entries(replaced).map(
    ([name, value]) =>
      `${FORMER[name] ?? name}原为「${name === 'published' ? published(value) : String(value)}」`,
  );
  return lines.join('，');
}

const published = (value: unknown): string => (value === 'no' ? '不公开' : '公开');
