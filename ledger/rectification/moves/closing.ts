import { entriesFor } from '../../entry.ts';
import { dateField, optional, textField } from '../../form.ts';
import type { Operation } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import { type ItemData, itemData } from '../data.ts';
import { evidenceLines } from '../evidence-lines.ts';
import { requireNoMutualPair, requireOtherDepartment, requireOtherPerson } from '../four-eyes.ts';
import { signalLinesFor } from '../signals/shown.ts';
import { unopened, withSignals } from '../signals/unopened.ts';
import * as wording from '../wording.ts';
import { closedByMeeting } from './meeting-told.ts';
import { byLeader, type Here, type Result, requireItem, requirePast, type Step, text } from './step.ts';

const opinion = { opinion: optional(text('意见', 1000)) };

/** 责任领导审核 */
const review: Step = {
  name: 'review',
  word: '审核通过',
  done: '审核已通过',
  help: '责任领导审核销号申请',
  from: ['applied'],
  by: byLeader,
  ownOne: true,
  style: 'primary',
  fields: opinion,
  inline: 'opinion',
  all: oneByOne,
  asksOthers: true,
  check(here) {
    requireOtherPerson(here, '审核');
    requireOtherDepartment(here, '审核');
  },
  async learn(operation, here) {
    await requireNoMutualPair(operation, here, '审核');
    return unopened(operation, here, '审核通过');
  },
  apply: (here, _, found) => ({
    state: 'reviewed',
    data: { ...withSignals(itemData(here.data), found), reviewedBy: here.actor.id },
  }),
  notices(here, _, found) {
    const toCheck = toCheckIn(here, withSignals(itemData(here.data), found));
    return [{ to: { role: 'supervisor' }, content: wording.reviewed(here.entry, here.actor.name, toCheck) }];
  },
  answer: () => ['已请督查员复核。'],
};

/** What is to be looked into is not let pass with the others; whether files were opened says nothing of the item. */
function oneByOne({ data }: Here): boolean | string {
  const { application } = itemData(data);
  const isToCheck = application?.signals?.some(({ kind }) => kind !== 'unopened');
  return isToCheck ? '有需核对的情形，请逐项办理' : true;
}

/** The evidence, and what should be looked into. */
export const toCheckIn = (here: Here, item: ItemData): string[] => [
  ...evidenceLines(item, here.calendar),
  ...signalLinesFor('supervisor', here, item),
];

/** 督查复核: closed with it, or, where the round asks for it, handed to the 党组会. */
const approve: Step = {
  name: 'approve',
  word: '复核通过',
  done: '复核已通过',
  also: ['销号'],
  help: '督查员复核并销号；须经党组会审定的，复核后待审定',
  from: ['reviewed'],
  by: { roles: ['supervisor'] },
  ownOne: true,
  style: 'primary',
  fields: opinion,
  inline: 'opinion',
  all: oneByOne,
  asksOthers: true,
  check(here) {
    requireOtherPerson(here, '复核');
    requireOtherDepartment(here, '复核');
  },
  async learn(operation, here) {
    await requireNoMutualPair(operation, here, '复核');
    return unopened(operation, here, '复核通过');
  },
  apply(here, _, found) {
    // Why a meeting's closing was sent back stands in the history.
    const { returnReason: __, ...item } = withSignals(itemData(here.data), found);
    const data = { ...item, approvedBy: here.actor.id };
    return data.needsMeeting ? { state: 'approved', data } : closing(here, data);
  },
  notices: ({ entry, data }) =>
    itemData(data).needsMeeting
      ? [{ to: { part: 'responsible' }, content: wording.awaitsMeeting(entry) }]
      : closedNotices(entry, '督查复核通过，已销号。'),
};

/** 党组会审定: what the meeting confirmed is written down, for all of its items at once. */
const confirm: Step = {
  name: 'confirm',
  word: '审定',
  done: '党组会已审定',
  help: '登记党组会审定，予以销号；一次会议可写「审定 全部」',
  from: ['approved'],
  by: { roles: ['supervisor', 'discipline'] },
  ownOne: 'or-all',
  style: 'primary',
  fields: {
    name: textField({ label: '会议名称', hint: '例如：局党组会第 21 次会议', max: 100 }),
    on: dateField({ label: '会议日期', past: true }),
  },
  inline: 'name',
  check: (here) => requireOtherPerson(here, '审定'),
  prefill: ({ today }) => ({ on: today }),
  learn: (operation, here, { on }) => requireAfterApproval(operation, here, String(on)),
  apply(here, { name, on }) {
    requirePast(here, 'on', String(on));
    const meeting = { on: String(on), name: String(name), by: here.actor.id };
    return closing(here, { ...itemData(here.data), meeting });
  },
  notices: (here, { name, on }) => [
    ...closedNotices(here.entry, `${String(name)}审定，已销号。`),
    ...closedByMeeting(here, { name: String(name), on: String(on) }),
  ],
};

/**
 * A meeting that was held before the 督查复核 cannot have confirmed what was found then; where an earlier closing was objected
 * to, the meeting comes after that too.
 * @throws Refusal with these dates
 */
async function requireAfterApproval(
  operation: Operation,
  { entry, calendar }: Here,
  on: string,
): Promise<void> {
  const asBureau = entriesFor(operation.store, operation.rows, 'bureau');
  const steps = await asBureau.history(entry);
  const lastOn = (move: string) => {
    const last = steps.findLast(({ action }) => action === `${entry.ledger}.${move}`);
    return last && calendar.dateOf(last.at);
  };
  const approvedOn = lastOn('approve');
  if (approvedOn === undefined || on >= approvedOn) return;
  const objectedOn = lastOn('object');
  const since = objectedOn
    ? `${objectedOn} 审定有异、${approvedOn} 重新复核通过`
    : `${approvedOn} 才复核通过`;
  const sentence = `${entry.ref} 于 ${since}，会议日期 ${on} 在其之前`;
  throw new Refusal('invalid-input', `${sentence}。`, { on: sentence });
}

/** Closed from today on, to be looked at again after the months that the rules give. */
function closing({ today, calendar, rules }: Here, { deferral: _, stall: __, ...data }: ItemData): Result {
  const lookBackOn = calendar.addMonths(today, rules.rectification.lookBackMonths);
  return { state: 'closed', data: { ...data, lookBackOn } };
}

const closedNotices = (entry: Here['entry'], line: string) =>
  ['responsible', 'leader'].map((part) => ({ to: { part }, content: wording.closed(entry, line) }));

const giveBack: Step = {
  name: 'return',
  word: '退回',
  also: ['退回补正'],
  help: '退回销号申请，说明理由',
  from: ['applied', 'reviewed', 'approved'],
  by: { parts: ['leader'], roles: ['supervisor', 'discipline'] },
  ownOne: true,
  style: 'danger',
  fields: { reason: text('退回理由', 1000) },
  inline: 'reason',
  check: whoseTurn,
  apply(here, { reason }) {
    const { reviewedBy: _, approvedBy: __, withdrawn: ___, ...data } = itemData(here.data);
    return { state: 'returned', data: { ...data, returnReason: String(reason) } };
  },
  notices: ({ entry, actor }, { reason }) => [
    { to: { part: 'responsible' }, content: wording.returned(entry, actor.name, String(reason)) },
  ],
  answer: () => ['已把理由告知责任人。'],
};

/** At the review it is the 责任领导 who may give it back, at the approval the 督查员, then who records the meeting. */
function whoseTurn(here: Here): void {
  requireItem(here);
  const { entry, actor } = here;
  const isLeader = entry.people.some(({ personId, part }) => part === 'leader' && personId === actor.id);
  const isSupervisor = actor.roles.includes('supervisor');
  if (entry.state === 'applied' && !isLeader) {
    throw new Refusal('not-permitted', `${entry.ref} 正由责任领导审核，现在应由责任领导退回。`);
  }
  if (entry.state === 'reviewed' && !isSupervisor) {
    throw new Refusal('not-permitted', `${entry.ref} 正由督查员复核，现在应由督查员退回。`);
  }
  if (entry.state === 'approved' && !isSupervisor && !actor.roles.includes('discipline')) {
    throw new Refusal('not-permitted', `${entry.ref} 待党组会审定，现在应由督查员或纪检监察员退回。`);
  }
  requireOtherPerson(here, '退回');
}

/** 对账销号, from the review to the closing. */
export const closingMoves: readonly Step[] = [review, approve, confirm, giveBack];
