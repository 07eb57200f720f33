import { dateField } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { AT_WORK, type ItemData, itemData } from '../data.ts';
import { requireNotAsked } from '../four-eyes.ts';
import { readUntil } from '../read-until.ts';
import { whyNoDeferral } from '../why-no-deferral.ts';
import * as wording from '../wording.ts';
import { answered } from './answered.ts';
import { answerBefore } from './as-before.ts';
import { longestDeferral, putOffBy, requireWithinLimit } from './deferral-limit.ts';
import { byLeader, byResponsible, type Here, requireLater, type Step, stay, text } from './step.ts';

const reason = text('理由', 1000);

const ask: Step = {
  name: 'ask-deferral',
  word: '申请延期',
  also: ['延期'],
  help: '到期前申请延期，由责任领导审批',
  from: [...AT_WORK],
  by: byResponsible,
  ownOne: true,
  fields: { to: dateField({ label: '延期至' }), reason },
  inline: 'reason',
  intro: (here) => [longestDeferral(here).sentence],
  read: readUntil('to', 'reason'),
  confirm: true,
  check: mayAsk,
  apply(here, { to, reason: why }) {
    requireLater(here, 'to', String(to));
    requireWithinLimit(longestDeferral(here), 'to', ['申请延期至', String(to)]);
    const before = answerBefore(here);
    const deferral = { to: String(to), reason: String(why), by: here.actor.id, before };
    return { state: here.entry.state, data: { ...answered(here, 'defer'), deferral } };
  },
  notices(here, { to, reason: why }) {
    const said = askedLines(here, { to: String(to), reason: String(why), by: here.actor.id });
    return [{ to: { part: 'leader' }, content: wording.deferralAsked(here.entry, said) }];
  },
  answer: () => ['已请责任领导审批，批准前时限不变。批准前可以「撤回申请」。'],
};

/** What is decided on: who asks, until when and why, and how much longer that is. */
function askedLines({ entry, directory, calendar }: Here, asked: ItemData['deferral']): string[] {
  if (!asked) return [];
  const by = directory.byId(asked.by)?.name ?? '（已离开）';
  return [`${by} 申请延期至 ${asked.to}：${asked.reason}`, ...putOffBy(entry, asked.to, calendar)];
}

const shownAsked = (here: Here): string[] => askedLines(here, itemData(here.data).deferral);

const grant: Step = {
  name: 'grant-deferral',
  word: '准予延期',
  done: '已准予延期',
  help: '批准延期申请',
  from: [...AT_WORK],
  by: byLeader,
  ownOne: true,
  style: 'primary',
  intro: shownAsked,
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
  ownOne: true,
  fields: { reason },
  inline: 'reason',
  intro: shownAsked,
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
