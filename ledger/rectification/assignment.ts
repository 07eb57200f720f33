import type { Entry, Notice } from '../define.ts';
import { choiceField, dateField, optional, peopleField, personField, type RawValues } from '../form.ts';
import { Refusal } from '../refusal.ts';
import { AT_WORK, CATEGORIES, itemData } from './data.ts';
import { waitingRequest, withDropped } from './dropped-request.ts';
import { dueWord, toldDate } from './due-word.ts';
import { comesToOthers, idsIn, isAppliedFor, isKept, stillTrue } from './kept-by-assignment.ts';
import { type Here, isWhole, type Result, requireAhead, requireItem, type Step } from './moves/step.ts';
import { firstQuarterEnd } from './quarter.ts';
import { readAssignment } from './read-assignment.ts';
import { toAssistants } from './to-assistants.ts';
import { taking } from './whose.ts';
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
  confirmsAll: 'wholes',
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
  const due = toldDate(dueOn, categoryBy(here, values));
  const [before, now] = [having(entry, 'responsible'), responsible as string[]];
  const leading = having(entry, 'leader');
  const assisting = (values.assistant as string[] | undefined) ?? [];
  const told = having(entry, 'assistant');
  const isSame =
    entry.dueOn === dueOn &&
    leading.includes(String(leader)) &&
    before.length === now.length &&
    now.every((person) => before.includes(person));
  const request = droppedBy(here, values);
  // He who leads it as before was asked to decide, and need not any more.
  const staying = request ? [wording.reassigned(entry, dueOn, due)] : [];
  const toLeader = (leading.includes(String(leader)) ? staying : [wording.entrusted(entry, dueOn, due)]).map(
    (content) => ({ to: { person: String(leader) }, content }),
  );
  const toResponsible = now.flatMap((person) => {
    if (!before.includes(person)) return [{ to: { person }, content: wording.assigned(entry, dueOn, due) }];
    return isSame ? [] : [{ to: { person }, content: wording.reassigned(entry, dueOn, due) }];
  });
  const toFormer = [...before, ...leading]
    .filter((person) => ![...now, ...assisting, leader].includes(person))
    .map((person) => ({ to: { person }, content: wording.takenOver(entry) }));
  const notices = [
    ...toResponsible,
    ...toLeader,
    ...toAssistants(entry, { responsible: now, assistant: assisting, told }, here.directory, due),
    ...toFormer,
    ...ofVoided(here, values),
  ];
  return request ? withDropped(notices, [request.by, ...leading], request.said) : notices;
}

/** The request for more time that counts no longer by this: the date is another one, or it comes to somebody else. */
function droppedBy(here: Here, values: RawValues): ReturnType<typeof waitingRequest> {
  const isKeptWaiting = !comesToOthers(here, values) && here.entry.dueOn === dueOnBy(here, values);
  return isKeptWaiting ? undefined : waitingRequest(here);
}

/** Who takes the part; of what was not given out yet, whoever stands there is proposed, and was told nothing. */
const having = (entry: Entry, part: string): string[] =>
  entry.state === 'unassigned' ? [] : taking(entry, part);

/** 责任领导 and applicant are told where their 申请 and 审核 count no longer. */
function ofVoided(here: Here, { responsible, assistant }: RawValues): Notice[] {
  const { entry } = here;
  const { application } = itemData(here.data);
  if (!application || !isAppliedFor(entry) || isKept(here, idsIn(responsible), idsIn(assistant))) return [];
  return [...new Set([application.by, ...taking(entry, 'leader')])].map((person) => ({
    to: { person },
    content: wording.closingVoided(entry),
  }));
}

/** What a new assignment takes the place of, and what counts no longer by it. */
function replaced(here: Here): string | undefined {
  const { entry, data, directory, today } = here;
  const namesOf = (part: string) =>
    having(entry, part)
      .map((id) => directory.byId(id)?.name ?? '（已离开）')
      .join('、');
  const [names, leader] = [namesOf('responsible'), namesOf('leader')];
  if (names === '') return undefined;
  const due = dueWord(entry, data, today);
  return `${entry.ref} 现由 ${names} 负责，${leader && `责任领导 ${leader}，`}${due}，将被替换。${wouldDrop(here)}${wouldVoid(here)}`;
}

/** Whether the date is moved is not known yet when this is read. */
function wouldDrop(here: Here): string {
  const request = waitingRequest(here);
  return request
    ? `${request.said}，尚未审批：改变时限、增加或更换责任人的，这项申请作废，并告知申请人和责任领导；时限改晚的，计为一次延期。`
    : '';
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
  const { feedbackOn, termMonths = rules.rectification.termMonths, category } = itemData(data);
  const term = feedbackOn && calendar.addMonths(feedbackOn, termMonths);
  const dueOn = entry.dueOn ?? (term && term > today ? term : undefined);
  const [leader] = taking(entry, 'leader');
  const [responsible, assistant] = [taking(entry, 'responsible'), taking(entry, 'assistant')];
  return {
    ...(leader && { leader }),
    ...(responsible.length > 0 && { responsible }),
    ...(assistant.length > 0 && { assistant }),
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
  const isNew = comesToOthers(here, values);
  const category = categoryBy(here, values);
  const kept = stillTrue(here, isNew, dueOn, category);
  return {
    state: isNew ? 'assigned' : entry.state,
    data: { ...kept, ...(isNew && { assignedOn: today }), ...(category && { category }) },
    dueOn,
    ...(departmentId && { departmentId }),
    people: { leader: [leader], responsible, assistant },
    ...replacing(here, values, dueOn),
  };
}

/** What stood there before, for the history: the date, the 责任领导, and a request that counts no longer. */
function replacing(here: Here, values: RawValues, dueOn: string): { replaced?: RawValues } {
  const { entry, data, directory } = here;
  const nameOf = (id: string | undefined) => directory.byId(id ?? '')?.name ?? '（已离开）';
  const isVoided = ofVoided(here, values).length > 0;
  const leaders = having(entry, 'leader').filter((id) => id !== values.leader);
  const request = droppedBy(here, values);
  const replaced = {
    ...(entry.state !== 'unassigned' && entry.dueOn && entry.dueOn !== dueOn && { dueOn: entry.dueOn }),
    ...(leaders.length > 0 && {
      责任领导: leaders.map(nameOf).join('、'),
    }),
    ...(isVoided && { 销号申请: `${nameOf(itemData(data).application?.by)} 提出，因重新指派作废` }),
    ...(request && { 待审批的申请: `${request.said}，因重新指派作废` }),
  };
  return Object.keys(replaced).length > 0 ? { replaced } : {};
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
