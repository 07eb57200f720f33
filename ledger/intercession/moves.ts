import type { Move, Outcome, Situation } from '../define.ts';
import type { RawValues } from '../form.ts';
import { choiceField, optional, textField } from '../form.ts';
import { Refusal } from '../refusal.ts';
import { concerned } from './concerned.ts';
import { CONCLUSIONS, DISPOSALS, type IntercessionContents, type IntercessionData } from './contents.ts';
import { RECEIVERS } from './receivers.ts';
import * as wording from './wording.ts';

type Step = Move<IntercessionData, IntercessionContents>;
type Here = Situation<IntercessionData, IntercessionContents>;

/** 受理人: every 纪检监察员, and who stands in for them; recusal takes away who is concerned. */
const byOfficer = { roles: ['discipline'], parts: ['receiver'] } as const;
const byReporter = { parts: ['reporter'] } as const;

const reason = textField({ label: '理由', max: 2000, lines: 'many' });

const to = (state: string): Outcome<IntercessionData, IntercessionContents> => ({ state });
const contentsWith = ({ contents }: Here, more: Partial<IntercessionContents>) => ({ ...contents, ...more });
const toReporter =
  (label: string) =>
  ({ entry }: Here) => [{ to: { part: 'reporter' }, content: wording.progressed(entry, label) }];

/** Nobody handles what he filed himself. */
function notOwn({ entry, actor }: Here): void {
  if (!entry.people.some(({ personId, part }) => part === 'reporter' && personId === actor.id)) return;
  throw new Refusal('four-eyes', `${entry.ref} 是您本人提交的记录，须由其他受理人员办理。`);
}

const accept: Step = {
  name: 'accept',
  check: notOwn,
  word: '受理',
  help: '受理一条记录',
  from: ['submitted'],
  by: byOfficer,
  style: 'primary',
  apply: () => to('accepted'),
  notices: toReporter('已受理'),
};

const beginScreening: Step = {
  name: 'begin-screening',
  check: notOwn,
  word: '开始甄别',
  help: '开始核对情况',
  from: ['accepted'],
  by: byOfficer,
  apply: () => to('screening'),
};

const screenFields = { conclusion: choiceField({ label: '甄别结论', options: CONCLUSIONS }), reason };

const screen: Step = {
  name: 'screen',
  check: notOwn,
  word: '甄别',
  help: '作出甄别结论：备查、登记、转线索或退回补正',
  from: ['accepted', 'screening'],
  by: byOfficer,
  style: 'primary',
  fields: screenFields,
  inline: 'reason',
  apply(here, values) {
    const conclusion = values.conclusion as keyof typeof CONCLUSIONS;
    return {
      state: conclusion,
      data: { ...here.data, conclusion },
      contents: contentsWith(here, { conclusionReason: String(values.reason) }),
    };
  },
  notices({ entry }, { conclusion }) {
    const content =
      conclusion === 'returned' ? wording.returned(entry) : wording.progressed(entry, '甄别完成，正在办理');
    return [{ to: { part: 'reporter' }, content }];
  },
};

const dispose: Step = {
  name: 'dispose',
  check: notOwn,
  word: '处置',
  help: '登记处置方式：提醒、函询、诫勉、移送或上报',
  from: ['routine', 'inquiry', 'suspected'],
  by: byOfficer,
  fields: {
    disposal: choiceField({ label: '处置方式', options: DISPOSALS }),
    detail: textField({ label: '处置说明', max: 2000, lines: 'many' }),
  },
  inline: 'detail',
  apply: (here, values) => ({
    state: 'disposing',
    data: { ...here.data, disposal: values.disposal as keyof typeof DISPOSALS },
    contents: contentsWith(here, { disposalDetail: String(values.detail) }),
  }),
  notices: toReporter('处置中'),
};

const feedBack: Step = {
  name: 'feed-back',
  check: notOwn,
  word: '反馈',
  help: '把结果反馈给记录人',
  from: ['routine', 'inquiry', 'suspected', 'disposing'],
  by: byOfficer,
  style: 'primary',
  fields: { feedback: textField({ label: '反馈内容', max: 2000, lines: 'many' }) },
  inline: 'feedback',
  apply: (here, values) => ({
    state: 'answered',
    contents: contentsWith(here, { feedback: String(values.feedback) }),
  }),
  notices: toReporter('已反馈'),
};

const archive: Step = {
  name: 'archive',
  check: notOwn,
  word: '归档',
  help: '办结归档',
  from: ['answered'],
  by: byOfficer,
  style: 'primary',
  apply: () => to('archived'),
  notices: toReporter('已归档'),
};

const supplement: Step = {
  name: 'supplement',
  word: '补正',
  help: '按要求补充说明',
  from: ['returned'],
  by: byReporter,
  style: 'primary',
  fields: { supplement: textField({ label: '补充说明', max: 5000, lines: 'many' }) },
  inline: 'supplement',
  apply(here, values) {
    const contents = withSupplement(here, values);
    return { state: 'submitted', contents, recused: concerned(here.directory, contents) };
  },
  notices: ({ entry }) => RECEIVERS.map((to) => ({ to, content: wording.supplemented(entry) })),
};

function withSupplement(here: Here, values: RawValues): IntercessionContents {
  const added = { at: here.at.toISOString(), text: String(values.supplement) };
  return contentsWith(here, { supplements: [...here.contents.supplements, added] }) as IntercessionContents;
}

const withdraw: Step = {
  name: 'withdraw',
  word: '撤回',
  help: '撤回自己的记录（留痕，不删除）',
  from: ['submitted', 'accepted', 'returned'],
  by: byReporter,
  style: 'danger',
  confirm: true,
  fields: { reason: optional(reason) },
  inline: 'reason',
  apply: (here, values) => ({
    state: 'withdrawn',
    contents: contentsWith(here, values.reason ? { withdrawalReason: String(values.reason) } : {}),
  }),
  notices: ({ entry }) => RECEIVERS.map((to) => ({ to, content: wording.withdrawn(entry) })),
};

export const moves: readonly Step[] = [
  accept,
  beginScreening,
  screen,
  dispose,
  feedBack,
  archive,
  supplement,
  withdraw,
];
