import { dateField, optional, type RawValues } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { SOURCES } from '../data.ts';
import { oneLine } from '../round-parts.ts';
import { roundFields } from '../rounds.ts';
import { type Here, requirePast, type Step } from './step.ts';

const { title, source, feedbackBy } = roundFields;
const fields = {
  title,
  source: optional(source),
  feedbackBy,
  feedbackOn: optional(dateField({ label: '反馈日期', past: true })),
};

/** What it says now, under the names of the fields. */
function sayings({ entry, data }: Here): RawValues {
  if (data.level !== 'round') return {};
  const known = Object.entries(SOURCES).find(([, label]) => label === data.source)?.[0];
  return {
    title: entry.title,
    ...(known && { source: known }),
    ...(data.feedbackBy && { feedbackBy: data.feedbackBy }),
    ...(data.feedbackOn && { feedbackOn: data.feedbackOn }),
  };
}

/** 修改轮次: what a field is left empty for stays. Terms and 党组会审定 stay as they were laid down; its items have them. */
export const amendRound: Step = {
  name: 'amend-round',
  word: '修改轮次',
  help: '修改轮次名称、来源、反馈单位、反馈日期；原内容留在办理过程中',
  from: ['opened', 'progressing', 'closed'],
  by: { roles: ['supervisor', 'discipline'] },
  fields,
  whole: true,
  all: () => false,
  confirm: true,
  fits: ({ data }) => data.level === 'round',
  check({ entry, data }) {
    if (data.level !== 'round')
      throw new Refusal('wrong-state', `${entry.ref} 不是轮次，请发送「修改 ${entry.ref}」。`);
  },
  prefill: sayings,
  apply(here, values) {
    const { data } = here;
    if (data.level !== 'round') throw new Error(`${here.entry.ref} is no round`);
    if (values.feedbackOn !== undefined) requirePast(here, 'feedbackOn', String(values.feedbackOn));
    const before = sayings(here);
    const changed = Object.keys(fields).filter(
      (name) => values[name] !== undefined && values[name] !== before[name],
    );
    if (changed.length === 0) throw new Refusal('invalid-input', `${here.entry.ref} 没有改动。`);
    const from = SOURCES[values.source as keyof typeof SOURCES];
    return {
      state: here.entry.state,
      title: oneLine(String(values.title)),
      data: {
        ...data,
        ...(from && { source: from }),
        ...(values.feedbackBy !== undefined && { feedbackBy: String(values.feedbackBy) }),
        ...(values.feedbackOn !== undefined && { feedbackOn: String(values.feedbackOn) }),
      },
      replaced: Object.fromEntries(changed.map((name) => [name, before[name] ?? '（空）'])),
    };
  },
};
