import { choiceField, optional, type RawValues } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { type ItemData, itemData } from '../data.ts';
import { oneLine } from '../round-parts.ts';
import { type Here, type Step, text } from './step.ts';

const PUBLISHED = { yes: '公开', no: '不公开' } as const;

const fields = {
  title: optional(text('问题或措施原文')),
  target: optional(text('整改目标', 1000)),
  standard: optional(text('完成标准', 1000)),
  evidenceNeeded: optional(text('佐证要求', 1000)),
  published: optional(choiceField({ label: '是否公开', hint: '不公开的不写入对外通报', options: PUBLISHED })),
  publicSummary: optional(text('对外公布的完成情况')),
};

const EVERY_STATE = [
  ...['unassigned', 'assigned', 'signed', 'progressing', 'applied', 'reviewed', 'approved'],
  ...['returned', 'stalled', 'relapsed', 'closed', 'consolidated'],
];

/** What it says now, under the names of the fields. */
const sayings = ({ entry, data }: Here): Readonly<Record<keyof typeof fields, string | undefined>> => {
  const { target, standard, evidenceNeeded, isSensitive, publicSummary } = itemData(data);
  const published = isSensitive ? 'no' : 'yes';
  return { title: entry.title, target, standard, evidenceNeeded, published, publicSummary };
};

/** 修改: what a field is left empty for stays as it is; what it said before stands in the history. */
export const amend: Step = {
  name: 'amend',
  word: '修改',
  help: '修改原文、整改目标、完成标准、佐证要求、是否公开、公布的完成情况；留空的不变，原内容留在办理过程中',
  from: EVERY_STATE,
  by: { roles: ['supervisor', 'discipline'] },
  fields,
  whole: true,
  all: () => false,
  confirm: true,
  check({ entry, data }) {
    if (data.level === 'round')
      throw new Refusal('wrong-state', `${entry.ref} 是轮次，请发送「修改轮次 ${entry.ref}」。`);
  },
  prefill: (here) => sayingsThatAre(sayings(here)),
  apply(here, values) {
    const before = sayings(here);
    const changed = Object.keys(fields).filter((name) => {
      const value = values[name];
      return value !== undefined && value !== before[name as keyof typeof fields];
    });
    if (changed.length === 0) throw new Refusal('invalid-input', `${here.entry.ref} 没有改动。`);
    return {
      state: here.entry.state,
      ...(changed.includes('title') && { title: oneLine(String(values.title)) }),
      data: amended(itemData(here.data), values),
      replaced: Object.fromEntries(
        changed.map((name) => [name, before[name as keyof typeof fields] ?? '（空）']),
      ),
    };
  },
};

const sayingsThatAre = (values: RawValues): RawValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function amended({ isSensitive, ...data }: ItemData, values: RawValues): ItemData {
  const { target, standard, evidenceNeeded, published, publicSummary } = values;
  const hidden = published === undefined ? isSensitive : published === 'no';
  return {
    ...data,
    ...(target !== undefined && { target: String(target) }),
    ...(standard !== undefined && { standard: String(standard) }),
    ...(evidenceNeeded !== undefined && { evidenceNeeded: String(evidenceNeeded) }),
    ...(publicSummary !== undefined && { publicSummary: String(publicSummary) }),
    ...(hidden && { isSensitive: true }),
  };
}
