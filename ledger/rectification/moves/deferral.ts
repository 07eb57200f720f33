import { dateField } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { AT_WORK, itemData } from '../data.ts';
import { requireNotAsked } from '../four-eyes.ts';
import { whyNoDeferral } from '../why-no-deferral.ts';
import * as wording from '../wording.ts';
import { answered } from './answered.ts';
import { byLeader, byResponsible, type Here, requireLater, type Step, stay, text } from './step.ts';

const reason = text('理由', 1000);

const ask: Step = {
  name: 'ask-deferral',
  word: '申请延期',
  help: '到期前申请延期，由责任领导审批',
  from: [...AT_WORK],
  by: byResponsible,
  fields: { to: dateField({ label: '延期至' }), reason },
  inline: 'reason',
  check: mayAsk,
  apply(here, { to, reason: why }) {
    requireLater(here, 'to', String(to));
    const deferral = { to: String(to), reason: String(why), by: here.actor.id };
    return { state: here.entry.state, data: { ...answered(here, 'defer'), deferral } };
  },
  notices: ({ entry, actor }, { to, reason: why }) => [
    { to: { part: 'leader' }, content: wording.deferralAsked(entry, actor.name, String(to), String(why)) },
  ],
  answer: () => ['已请责任领导审批，批准前时限不变。'],
};

const grant: Step = {
  name: 'grant-deferral',
  word: '准予延期',
  done: '已准予延期',
  help: '批准延期申请',
  from: [...AT_WORK],
  by: byLeader,
  style: 'primary',
  check: mustBeAsked,
  apply(here) {
    const { deferral, ...data } = itemData(here.data);
    const deferredFrom = [...(data.deferredFrom ?? []), here.entry.dueOn ?? here.today];
    return { ...stay(here, { ...data, deferredFrom }), ...(deferral && { dueOn: deferral.to }) };
  },
  notices: (here) => [
    {
      to: { part: 'responsible' },
      content: wording.deferralDecided(here.entry, true, `新时限：${itemData(here.data).deferral?.to}`),
    },
  ],
  answer: () => ['新时限已告知责任人。'],
};

const deny: Step = {
  name: 'deny-deferral',
  word: '不予延期',
  done: '已答复不予延期',
  help: '不批准延期申请，说明理由',
  from: [...AT_WORK],
  by: byLeader,
  fields: { reason },
  inline: 'reason',
  check: mustBeAsked,
  apply(here) {
    const { deferral: _, ...data } = itemData(here.data);
    return stay(here, data);
  },
  notices: ({ entry }, { reason: why }) => [
    {
      to: { part: 'responsible' },
      content: wording.deferralDecided(entry, false, `时限仍为 ${entry.dueOn}。理由：${String(why)}`),
    },
  ],
  answer: () => ['时限不变，理由已告知责任人。'],
};

function mayAsk({ entry, data, today, rules }: Here): void {
  const why = whyNoDeferral({ ...entry, data: itemData(data) }, today, rules);
  if (why) throw new Refusal('wrong-state', why);
}

function mustBeAsked(here: Here): void {
  const { deferral } = itemData(here.data);
  requireNotAsked(here, deferral, '延期');
  if (!deferral) throw new Refusal('wrong-state', `${here.entry.ref} 没有待审批的延期申请。`);
}

/** 申请延期 and how the 责任领导 decides it. */
export const deferralMoves: readonly Step[] = [ask, grant, deny];
