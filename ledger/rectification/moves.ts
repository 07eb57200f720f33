import type { Move, Outcome, Situation } from '../define.ts';
import { optional, type RawValues, textField } from '../form.ts';
import { Refusal } from '../refusal.ts';
import { assign } from './assignment.ts';
import { type ANSWERS, AT_WORK, type ItemData, itemData, type RectificationData } from './data.ts';
import { deferralMoves } from './deferral.ts';
import * as wording from './wording.ts';

type Step = Move<RectificationData, undefined>;
type Here = Situation<RectificationData, undefined>;

const byResponsible = { parts: ['responsible'] } as const;
const text = (label: string, max = 2000) => textField({ label, max, lines: 'many' });

const stay = ({ entry }: Here, data: ItemData): Outcome<RectificationData, undefined> => ({
  state: entry.state,
  data,
});

/** Any word about an item answers this week's 周督查 for it. */
export function answered(here: Here, answer: keyof typeof ANSWERS, said?: string): ItemData {
  const week = here.calendar.weekOf(here.today);
  const difficulty = answer === 'difficult' && said ? { difficulty: { week, text: said } } : {};
  return { ...itemData(here.data), ...difficulty, weekly: { week, answer, ...(said && { text: said }) } };
}

const sign: Step = {
  name: 'sign',
  word: '签收',
  help: '签收分派给自己的整改事项',
  from: ['assigned'],
  by: byResponsible,
  style: 'primary',
  apply: () => ({ state: 'signed' }),
};

const progress: Step = {
  name: 'progress',
  word: '进展',
  done: '已记录进展',
  also: ['报进展'],
  help: '报告整改进展，例如：进展 3-2 已完成制度修订',
  from: [...AT_WORK],
  by: { parts: ['responsible', 'assistant'] },
  fields: { text: text('进展') },
  inline: 'text',
  apply: (here, { text: said }) => ({
    state: 'progressing',
    data: { ...answered(here, 'progress', String(said)), progress: { on: here.today, text: String(said) } },
  }),
};

const asPlanned: Step = {
  name: 'as-planned',
  word: '按计划',
  done: '已回复「按计划」',
  help: '回复周督查：按计划推进',
  from: [...AT_WORK],
  by: byResponsible,
  all: (here) => itemData(here.data).weekly?.week !== here.calendar.weekOf(here.today),
  apply: (here) => stay(here, answered(here, 'planned')),
};

const difficulty: Step = {
  name: 'difficulty',
  word: '有困难',
  done: '已回复「有困难」',
  help: '回复周督查：说明困难和需要的支持',
  from: [...AT_WORK],
  by: byResponsible,
  fields: { text: text('困难和需要的支持', 1000) },
  inline: 'text',
  apply: (here, { text: said }) => stay(here, answered(here, 'difficult', String(said))),
  notices: ({ entry, actor }, { text: said }) => [
    { to: { part: 'leader' }, content: wording.difficult(entry, actor.name, String(said)) },
  ],
};

const apply: Step = {
  name: 'apply',
  word: '申请销号',
  help: '整改完成后申请销号',
  from: [...AT_WORK],
  by: byResponsible,
  style: 'primary',
  fields: { summary: text('完成情况'), evidence: text('佐证', 1000) },
  inline: 'summary',
  apply: (here, { summary, evidence }) => ({
    state: 'applied',
    data: {
      ...withoutReturn(answered(here, 'apply')),
      application: {
        on: here.today,
        by: here.actor.id,
        summary: String(summary),
        evidence: String(evidence),
      },
    },
  }),
  notices: ({ entry, actor }, { summary }) => [
    { to: { part: 'leader' }, content: wording.applied(entry, actor.name, String(summary)) },
  ],
  answer: () => ['已请责任领导审核。'],
};

/** Why it was given back is in the history; who asks anew has answered it. */
const withoutReturn = ({ returnReason: _, ...data }: ItemData): ItemData => data;

const opinion = { opinion: optional(text('意见', 1000)) };

/** 责任领导审核 */
const review: Step = {
  name: 'review',
  word: '审核通过',
  done: '审核已通过',
  help: '责任领导审核销号申请',
  from: ['applied'],
  by: { parts: ['leader'] },
  style: 'primary',
  fields: opinion,
  inline: 'opinion',
  check: (here) => fourEyes(here, '审核'),
  apply: (here) => ({ state: 'reviewed', data: { ...itemData(here.data), reviewedBy: here.actor.id } }),
  notices: ({ entry, actor }) => [
    { to: { role: 'supervisor' }, content: wording.reviewed(entry, actor.name) },
  ],
  answer: () => ['已请督查员复核。'],
};

/** 督查复核 */
const approve: Step = {
  name: 'approve',
  word: '复核通过',
  done: '复核通过，已销号',
  also: ['销号'],
  help: '督查员复核并销号',
  from: ['reviewed'],
  by: { roles: ['supervisor'] },
  style: 'primary',
  fields: opinion,
  inline: 'opinion',
  check: (here) => fourEyes(here, '复核'),
  apply: (here) => ({ state: 'closed', data: { ...itemData(here.data), approvedBy: here.actor.id } }),
  notices: ({ entry }) =>
    ['responsible', 'leader'].map((part) => ({ to: { part }, content: wording.closed(entry) })),
};

const giveBack: Step = {
  name: 'return',
  word: '退回',
  also: ['退回补正'],
  help: '退回销号申请，说明理由',
  from: ['applied', 'reviewed'],
  by: { parts: ['leader'], roles: ['supervisor'] },
  style: 'danger',
  fields: { reason: text('退回理由', 1000) },
  inline: 'reason',
  check: whoseTurn,
  apply: (here, { reason }) => ({
    state: 'returned',
    data: withoutReview(itemData(here.data), String(reason)),
  }),
  notices: ({ entry, actor }, { reason }) => [
    { to: { part: 'responsible' }, content: wording.returned(entry, actor.name, String(reason)) },
  ],
  answer: () => ['已把理由告知责任人。'],
};

function withoutReview({ reviewedBy: _, ...data }: ItemData, returnReason: string): ItemData {
  return { ...data, returnReason };
}

/** At the review it is the 责任领导 who may give it back, at the approval the 督查员. */
function whoseTurn(here: Here): void {
  const { entry, actor } = here;
  const isLeader = entry.people.some(({ personId, part }) => part === 'leader' && personId === actor.id);
  if (entry.state === 'applied' && !isLeader) {
    throw new Refusal('not-permitted', `${entry.ref} 正由责任领导审核，现在应由责任领导退回。`);
  }
  if (entry.state === 'reviewed' && !actor.roles.includes('supervisor')) {
    throw new Refusal('not-permitted', `${entry.ref} 正由督查员复核，现在应由督查员退回。`);
  }
  fourEyes(here, '退回');
}

/** 对账销号: whoever asks for the closing, reviews it and approves it are three persons. */
function fourEyes({ entry, data, actor }: Here, act: string): void {
  const { application, reviewedBy } = itemData(data);
  const isResponsible = entry.people.some(({ personId, part }) => part !== 'leader' && personId === actor.id);
  if (application?.by === actor.id || isResponsible) {
    throw new Refusal('four-eyes', `您是 ${entry.ref} 的责任人或申请人，不能${act}自己的销号申请。`);
  }
  if (act === '复核' && reviewedBy === actor.id) {
    throw new Refusal('four-eyes', `${entry.ref} 是您审核的，须由另一人复核。`);
  }
}

export const moves: readonly Step[] = [
  assign,
  sign,
  progress,
  asPlanned,
  difficulty,
  apply,
  review,
  approve,
  giveBack,
  ...deferralMoves(answered),
];

/** What is filled in with a step, as the history shows it. */
export function noteOf(values: RawValues): string | undefined {
  const said = [values.text, values.summary, values.opinion, values.reason].filter(
    (each) => typeof each === 'string',
  );
  return said.length > 0 ? said.join('；') : undefined;
}
