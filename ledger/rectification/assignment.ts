import type { Entry, Notice } from '../define.ts';
import { choiceField, dateField, optional, peopleField, personField, type RawValues } from '../form.ts';
import { Refusal } from '../refusal.ts';
import { AT_WORK, CATEGORIES, type ItemData, itemData } from './data.ts';
import {
  type Here,
  isWhole,
  type Result,
  requireAhead,
  requireItem,
  type Step,
  withEarlierDate,
} from './moves/step.ts';
import { firstQuarterEnd } from './quarter.ts';
import { readAssignment } from './read-assignment.ts';
import * as wording from './wording.ts';

const fields = {
  leader: personField({ label: '责任领导' }),
  responsible: peopleField({ label: '责任人', hint: '责任科室随第一责任人' }),
  assistant: optional(peopleField({ label: '协办' })),
  dueOn: optional(dateField({ label: '整改时限', hint: '长期坚持的可以不填，按季度报进展' })),
  category: optional(choiceField({ label: '类别', options: CATEGORIES })),
};

/** 指派: 责任领导, 责任科室, 责任人, 整改时限 (S3: 「分别落实到责任领导、责任科室和责任人,明确了整改时限」). */
export const assign: Step = {
  name: 'assign',
  word: '指派',
  also: ['分派'],
  help: '落实责任领导、责任人和时限；可批量：指派 3-1,3-2 …、指派 3（整个问题）、指派 全部',
  from: ['unassigned', ...AT_WORK, 'stalled', 'applied', 'reviewed', 'approved'],
  by: { roles: ['supervisor', 'discipline'] },
  style: 'primary',
  fields,
  all: ({ entry }) => entry.state === 'unassigned',
  confirm: replaced,
  check: requireItem,
  prefill,
  read: readAssignment,
  apply,
  notices,
};

/** Whoever has the item already is told that something is different, if anything is. */
function notices(here: Here, values: RawValues): Notice[] {
  const { entry } = here;
  const { responsible, leader } = values;
  const dueOn = dueOnBy(here, values);
  const taking = (part: string) =>
    entry.people.filter((each) => each.part === part).map(({ personId }) => personId);
  const [before, now] = [taking('responsible'), responsible as string[]];
  const isSame =
    entry.dueOn === dueOn &&
    taking('leader').includes(String(leader)) &&
    before.length === now.length &&
    now.every((person) => before.includes(person));
  const toLeader = taking('leader').includes(String(leader))
    ? []
    : [{ to: { person: String(leader) }, content: wording.entrusted(entry, dueOn) }];
  const toResponsible = now.flatMap((person) => {
    if (!before.includes(person)) return [{ to: { person }, content: wording.assigned(entry, dueOn) }];
    return isSame ? [] : [{ to: { person }, content: wording.reassigned(entry, dueOn) }];
  });
  const toFormer = [...before, ...taking('leader')]
    .filter((person) => !now.includes(person) && person !== leader)
    .map((person) => ({ to: { person }, content: wording.takenOver(entry) }));
  return [...toResponsible, ...toLeader, ...toFormer, ...ofVoided(here, values)];
}

/** 责任领导 and applicant are told where their 申请 and 审核 count no longer. */
function ofVoided(here: Here, { responsible, assistant }: RawValues): Notice[] {
  const { entry } = here;
  const { application } = itemData(here.data);
  const idsIn = (value: unknown) => (value as string[] | undefined) ?? [];
  if (!application || !isAppliedFor(entry) || isKept(here, idsIn(responsible), idsIn(assistant))) return [];
  const leaders = entry.people.filter(({ part }) => part === 'leader').map(({ personId }) => personId);
  return [...new Set([application.by, ...leaders])].map((person) => ({
    to: { person },
    content: wording.closingVoided(entry),
  }));
}

/** What a new assignment takes the place of, and what counts no longer by it. */
function replaced(here: Here): string | undefined {
  const { entry, directory } = here;
  const names = entry.people
    .filter(({ part }) => part === 'responsible')
    .map(({ personId }) => directory.byId(personId)?.name ?? '（已离开）');
  if (names.length === 0) return undefined;
  return `${entry.ref} 现由 ${names.join('、')} 负责，时限 ${entry.dueOn}，将被替换。${wouldVoid(here)}`;
}

/** Whom it comes to is not known yet when this is read. */
function wouldVoid({ entry, data, directory }: Here): string {
  const { application } = isAppliedFor(entry) ? itemData(data) : {};
  if (!application) return '';
  const by = directory.byId(application.by)?.name ?? '（已离开）';
  return `${by} 已申请销号：增加或更换责任人的，销号申请和已作的审核、复核一并作废，须重新申请。`;
}

/** What is assigned already, else the term from the feedback, where it still lies ahead. */
function prefill({ entry, data, today, calendar, rules }: Here): RawValues {
  const taking = (part: string) =>
    entry.people.filter((each) => each.part === part).map(({ personId }) => personId);
  const { feedbackOn, termMonths = rules.rectification.termMonths, category } = itemData(data);
  const term = feedbackOn && calendar.addMonths(feedbackOn, termMonths);
  const dueOn = entry.dueOn ?? (term && term > today ? term : undefined);
  const [leader] = taking('leader');
  return {
    ...(leader && { leader }),
    ...(taking('responsible').length > 0 && { responsible: taking('responsible') }),
    ...(taking('assistant').length > 0 && { assistant: taking('assistant') }),
    ...(dueOn && { dueOn }),
    ...(category && { category }),
  };
}

function apply(here: Here, values: RawValues): Result {
  const { entry, today, directory } = here;
  const leader = String(values.leader);
  const responsible = (values.responsible as string[]) ?? [];
  const assistant = (values.assistant as string[] | undefined) ?? [];
  if (isWhole(here)) throw new Refusal('wrong-state', `${entry.ref} 之下没有可以指派的事项。`);
  const dueOn = dueOnBy(here, values);
  requireAhead(here, 'dueOn', dueOn);
  if ([...responsible, ...assistant].includes(leader)) {
    const sentence = '责任领导要审核销号，不能同时是责任人或协办人';
    throw new Refusal('four-eyes', `${sentence}。`, { leader: sentence });
  }
  const departmentId = directory.byId(responsible[0] ?? '')?.departmentId;
  const isNew = ['unassigned', 'stalled'].includes(entry.state) || !isKept(here, responsible, assistant);
  const category = categoryBy(here, values);
  const kept = stillTrue(here, isNew, dueOn);
  return {
    state: isNew ? 'assigned' : entry.state,
    data: { ...kept, ...(isNew && { assignedOn: today }), ...(category && { category }) },
    dueOn,
    ...(departmentId && { departmentId }),
    people: { leader: [leader], responsible, assistant },
    ...(entry.dueOn && entry.dueOn !== dueOn && { replaced: { dueOn: entry.dueOn } }),
  };
}

const categoryBy = ({ data }: Here, { category }: RawValues): keyof typeof CATEGORIES | undefined =>
  (category as keyof typeof CATEGORIES | undefined) ?? itemData(data).category;

/**
 * 长期坚持 has no date by which it is done: where none is given, progress is due with the quarter.
 * @throws Refusal where a date is needed
 */
function dueOnBy(here: Here, values: RawValues): string {
  if (values.dueOn !== undefined) return String(values.dueOn);
  const { today, calendar, rules } = here;
  if (categoryBy(here, values) === 'lasting')
    return firstQuarterEnd(today, rules.warnings.green.days, calendar);
  const sentence = '请填写整改时限；长期坚持的可以不填';
  throw new Refusal('invalid-input', `${sentence}。`, { dueOn: sentence });
}

const isAppliedFor = ({ state }: Entry): boolean => ['applied', 'reviewed', 'approved'].includes(state);

/**
 * Nobody new is responsible, and whoever has applied for the closing still is: nobody else's application is left over. Nor
 * does anybody who let it pass do the work from now on.
 */
function isKept(
  { entry, data }: Here,
  responsible: readonly string[],
  assistant: readonly string[],
): boolean {
  const { application, reviewedBy, approvedBy } = itemData(data);
  const samePeople = responsible.every((id) =>
    entry.people.some((each) => each.part === 'responsible' && each.personId === id),
  );
  if (!isAppliedFor(entry)) return samePeople;
  const decided = [reviewedBy, approvedBy].filter((id) => id !== undefined);
  const working = [...responsible, ...assistant];
  return (
    samePeople && responsible.includes(application?.by ?? '') && !decided.some((id) => working.includes(id))
  );
}

/** A new date answers a request for another one; who did not have the item has answered nothing for it. */
function stillTrue(here: Here, isNew: boolean, dueOn: string): ItemData {
  const item = withEarlierDate(here, dueOn, 'assign');
  const { deferral, stall, weekly, application, reviewedBy, approvedBy, ...rest } = item;
  if (isNew) return rest;
  const isWaiting = here.entry.dueOn === dueOn;
  return {
    ...rest,
    ...(deferral && isWaiting && { deferral }),
    ...(stall && isWaiting && { stall }),
    ...(weekly && { weekly }),
    ...(application && { application }),
    ...(reviewedBy && { reviewedBy }),
    ...(approvedBy && { approvedBy }),
  };
}
