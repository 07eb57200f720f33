import { dateField } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { AT_WORK, itemData } from '../data.ts';
import { requireNotAsked } from '../four-eyes.ts';
import { readUntil } from '../read-until.ts';
import * as wording from '../wording.ts';
import { answered } from './answered.ts';
import { answerBefore } from './as-before.ts';
import { longestStall, putOffBy, requireWithinLimit } from './deferral-limit.ts';
import {
  byLeader,
  byResponsible,
  type Here,
  requireAhead,
  requireItem,
  requireLater,
  type Step,
  stay,
  text,
  withEarlierDate,
} from './step.ts';

const ask: Step = {
  name: 'ask-stall',
  word: '申请暂难',
  also: ['暂难'],
  done: '已申请列为暂难整改',
  help: '因客观原因暂时难以整改的，说明原因和恢复日期，由责任领导审批',
  from: [...AT_WORK],
  by: byResponsible,
  ownOne: true,
  fields: {
    until: dateField({ label: '预计恢复整改的日期' }),
    reason: text('原因', 1000),
  },
  inline: 'reason',
  intro: (here) => [longestStall(here).sentence],
  read: readUntil('until', 'reason'),
  confirm: true,
  check(here) {
    const { stall, deferral } = itemData(here.data);
    const waiting = stall ? '列为暂难整改' : deferral && `延期至 ${deferral.to}`;
    if (waiting) throw new Refusal('wrong-state', `${here.entry.ref} 已申请${waiting}，正等责任领导审批。`);
  },
  apply(here, { until, reason }) {
    requireAhead(here, 'until', String(until));
    requireLater(here, 'until', String(until));
    requireWithinLimit(longestStall(here), 'until', ['申请暂难至', String(until)]);
    const before = answerBefore(here);
    const stall = { reason: String(reason), until: String(until), by: here.actor.id, before };
    return stay(here, { ...answered(here, 'difficult', String(reason)), stall });
  },
  notices: ({ entry, actor }, { until, reason }) => [
    { to: { part: 'leader' }, content: wording.stallAsked(entry, actor.name, String(until), String(reason)) },
  ],
  answer: () => ['已请责任领导审批，同意前时限不变。同意前可以「撤回申请」。'],
};

/** What is decided on: who asks, until when and why, and how much longer that is. */
function shownAsked({ entry, data, directory, calendar }: Here): string[] {
  const { stall } = itemData(data);
  if (!stall) return [];
  const by = directory.byId(stall.by)?.name ?? '（已离开）';
  const said = `${by} 申请列为暂难整改，预计 ${stall.until} 恢复：${stall.reason}`;
  return [said, ...putOffBy(entry, stall.until, calendar)];
}

const grant: Step = {
  name: 'grant-stall',
  word: '同意暂难',
  done: '已同意列为暂难整改',
  help: '同意列为暂难整改',
  from: [...AT_WORK],
  by: byLeader,
  ownOne: true,
  style: 'primary',
  intro: shownAsked,
  check: mustBeAsked,
  apply(here) {
    const dueOn = itemData(here.data).stall?.until ?? here.today;
    return { state: 'stalled', dueOn, data: withEarlierDate(here, dueOn, 'stall') };
  },
  notices: ({ entry, data }) => [
    {
      to: { part: 'responsible' },
      content: wording.stallDecided(entry, true, `到 ${itemData(data).stall?.until} 恢复整改。`),
    },
    { to: { role: 'supervisor' }, content: wording.stalled(entry, itemData(data).stall) },
  ],
  answer: () => ['已告知责任人和督查员。'],
};

const deny: Step = {
  name: 'deny-stall',
  word: '不同意暂难',
  done: '已答复不同意列为暂难整改',
  help: '不同意列为暂难整改，说明理由',
  from: [...AT_WORK],
  by: byLeader,
  ownOne: true,
  fields: { reason: text('理由', 1000) },
  inline: 'reason',
  intro: shownAsked,
  check: mustBeAsked,
  apply(here) {
    const { stall: _, ...data } = itemData(here.data);
    return stay(here, data);
  },
  notices: ({ entry }, { reason }) => [
    {
      to: { part: 'responsible' },
      content: wording.stallDecided(entry, false, `时限仍为 ${entry.dueOn}。理由：${String(reason)}`),
    },
  ],
  answer: () => ['时限不变，理由已告知责任人。'],
};

/** Whoever set it aside, or supervises, says when it is to be done now: who does the work sets no date for himself. */
const resume: Step = {
  name: 'resume',
  word: '恢复整改',
  done: '已恢复整改',
  help: '暂难整改的事项恢复整改，写明新时限',
  from: ['stalled'],
  by: { parts: ['leader'], roles: ['supervisor', 'discipline'] },
  ownOne: true,
  style: 'primary',
  fields: { dueOn: dateField({ label: '整改时限' }) },
  inline: 'dueOn',
  read: readUntil('dueOn'),
  check: requireItem,
  apply(here, { dueOn }) {
    requireAhead(here, 'dueOn', String(dueOn));
    const { stall: _, ...data } = withEarlierDate(here, String(dueOn), 'resume');
    return { state: 'progressing', dueOn: String(dueOn), data: { ...data, assignedOn: here.today } };
  },
  notices: ({ entry }, { dueOn }) => [
    { to: { part: 'responsible' }, content: wording.resumed(entry, String(dueOn)) },
  ],
};

function mustBeAsked(here: Here): void {
  const { stall } = itemData(here.data);
  requireNotAsked(here, stall, '暂难整改');
  if (!stall) throw new Refusal('wrong-state', `${here.entry.ref} 没有待审批的暂难整改申请。`);
}

/** 暂难整改: asked for with a reason and a date, agreed to by the 责任领导, and taken up again. */
export const stallMoves: readonly Step[] = [ask, grant, deny, resume];
