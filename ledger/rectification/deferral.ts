import type { Move, Situation } from '../define.ts';
import { dateField, textField } from '../form.ts';
import { Refusal } from '../refusal.ts';
import { type ANSWERS, AT_WORK, type ItemData, itemData, type RectificationData } from './data.ts';
import * as wording from './wording.ts';

type Step = Move<RectificationData, undefined>;
type Here = Situation<RectificationData, undefined>;
type Answered = (here: Here, answer: keyof typeof ANSWERS) => ItemData;

const reason = textField({ label: '理由', max: 1000, lines: 'many' });

/** 申请延期 and how the 责任领导 decides it. */
export const deferralMoves = (answered: Answered): Step[] => [
  {
    name: 'ask-deferral',
    word: '申请延期',
    help: '到期前申请延期，由责任领导审批',
    from: [...AT_WORK],
    by: { parts: ['responsible'] },
    fields: { to: dateField({ label: '延期至' }), reason },
    inline: 'reason',
    check: mayAsk,
    apply(here, { to, reason: why }) {
      const date = laterDate(here, String(to));
      const deferral = { to: date, reason: String(why), by: here.actor.id };
      return { state: here.entry.state, data: { ...answered(here, 'defer'), deferral } };
    },
    notices: ({ entry, actor }, { to, reason: why }) => [
      { to: { part: 'leader' }, content: wording.deferralAsked(entry, actor.name, String(to), String(why)) },
    ],
    answer: () => ['已请责任领导审批，批准前时限不变。'],
  },
  {
    name: 'grant-deferral',
    word: '准予延期',
    done: '已准予延期',
    help: '批准延期申请',
    from: [...AT_WORK],
    by: { parts: ['leader'] },
    style: 'primary',
    check: mustBeAsked,
    apply(here) {
      const { deferral, ...data } = itemData(here.data);
      const deferredFrom = [...(data.deferredFrom ?? []), here.entry.dueOn ?? here.today];
      return {
        state: here.entry.state,
        data: { ...data, deferredFrom },
        ...(deferral && { dueOn: deferral.to }),
      };
    },
    notices: (here) => [
      {
        to: { part: 'responsible' },
        content: wording.deferralDecided(here.entry, true, `新时限：${itemData(here.data).deferral?.to}`),
      },
    ],
    answer: () => ['新时限已告知责任人。'],
  },
  {
    name: 'deny-deferral',
    word: '不予延期',
    done: '已答复不予延期',
    help: '不批准延期申请，说明理由',
    from: [...AT_WORK],
    by: { parts: ['leader'] },
    fields: { reason },
    inline: 'reason',
    check: mustBeAsked,
    apply(here) {
      const { deferral: _, ...data } = itemData(here.data);
      return { state: here.entry.state, data };
    },
    notices: ({ entry }, { reason: why }) => [
      {
        to: { part: 'responsible' },
        content: wording.deferralDecided(entry, false, `时限仍为 ${entry.dueOn}。理由：${String(why)}`),
      },
    ],
    answer: () => ['时限不变，理由已告知责任人。'],
  },
];

function mayAsk({ entry, data, today, rules }: Here): void {
  const { deferral, deferredFrom } = itemData(data);
  const { deferrals } = rules.rectification;
  if (deferral)
    throw new Refusal('wrong-state', `${entry.ref} 已申请延期至 ${deferral.to}，正等责任领导审批。`);
  if ((deferredFrom?.length ?? 0) >= deferrals) {
    throw new Refusal('wrong-state', `${entry.ref} 已延期 ${deferrals} 次，不能再延期。`);
  }
  if (entry.dueOn && today > entry.dueOn) {
    throw new Refusal('wrong-state', `${entry.ref} 已于 ${entry.dueOn} 到期，延期须在到期前申请。`);
  }
}

function laterDate({ entry }: Here, to: string): string {
  if (!entry.dueOn || to > entry.dueOn) return to;
  const sentence = `新时限 ${to} 应晚于原时限 ${entry.dueOn}`;
  throw new Refusal('invalid-input', `${sentence}。`, { to: sentence });
}

function mustBeAsked({ entry, data, actor }: Here): void {
  const { deferral } = itemData(data);
  if (deferral?.by === actor.id) {
    throw new Refusal('four-eyes', `${entry.ref} 的延期是您申请的，须由另一人审批。`);
  }
  if (!deferral) throw new Refusal('wrong-state', `${entry.ref} 没有待审批的延期申请。`);
}
