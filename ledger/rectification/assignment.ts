import type { Calendar } from '../calendar.ts';
import type { Entry, Move, Notice, Outcome, Situation, Typed } from '../define.ts';
import type { Directory } from '../directory.ts';
import { choiceField, dateField, optional, peopleField, personField, type RawValues } from '../form.ts';
import { readDate } from '../read-date.ts';
import { Refusal } from '../refusal.ts';
import { AT_WORK, CATEGORIES, type ItemData, itemData, type RectificationData } from './data.ts';
import * as wording from './wording.ts';

type Here = Situation<RectificationData, undefined>;

const fields = {
  leader: personField({ label: '责任领导' }),
  responsible: peopleField({ label: '责任人', hint: '责任科室随第一责任人' }),
  assistant: optional(peopleField({ label: '协办' })),
  dueOn: dateField({ label: '整改时限' }),
  category: optional(choiceField({ label: '类别', options: CATEGORIES })),
};

/** 指派: 责任领导, 责任科室, 责任人, 整改时限 (S3: 「分别落实到责任领导、责任科室和责任人,明确了整改时限」). */
export const assign: Move<RectificationData, undefined> = {
  name: 'assign',
  word: '指派',
  also: ['分派'],
  help: '落实责任领导、责任人和时限；可批量：指派 3-1,3-2 …、指派 3（整个问题）、指派 全部',
  from: ['unassigned', ...AT_WORK, 'applied'],
  by: { roles: ['supervisor', 'discipline'] },
  style: 'primary',
  fields,
  all: ({ entry }) => entry.state === 'unassigned',
  confirm: ({ entry, directory }) => replaced(entry, directory),
  prefill,
  read: readTyped,
  apply,
  notices,
};

/** Whoever has the item already is told that something is different, if anything is. */
function notices({ entry }: Here, { responsible, leader, dueOn }: RawValues): Notice[] {
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
    : [{ to: { person: String(leader) }, content: wording.entrusted(entry, String(dueOn)) }];
  const toResponsible = now.flatMap((person) => {
    if (!before.includes(person))
      return [{ to: { person }, content: wording.assigned(entry, String(dueOn)) }];
    return isSame ? [] : [{ to: { person }, content: wording.reassigned(entry, String(dueOn)) }];
  });
  const toFormer = [...before, ...taking('leader')]
    .filter((person) => !now.includes(person) && person !== leader)
    .map((person) => ({ to: { person }, content: wording.takenOver(entry) }));
  return [...toResponsible, ...toLeader, ...toFormer];
}

/** What a new assignment takes the place of. */
function replaced(entry: Entry, directory: Directory): string | undefined {
  const names = entry.people
    .filter(({ part }) => part === 'responsible')
    .map(({ personId }) => directory.byId(personId)?.name ?? '（已离开）');
  return names.length > 0
    ? `${entry.ref} 现由 ${names.join('、')} 负责，时限 ${entry.dueOn}，将被替换。`
    : undefined;
}

/** What is assigned already, else the term from the feedback, where it still lies ahead. */
function prefill({ entry, data, today, calendar, rules }: Here): RawValues {
  const taking = (part: string) =>
    entry.people.filter((each) => each.part === part).map(({ personId }) => personId);
  const { feedbackOn } = itemData(data);
  const term = feedbackOn && calendar.addMonths(feedbackOn, rules.rectification.termMonths);
  const dueOn = entry.dueOn ?? (term && term > today ? term : undefined);
  const [leader] = taking('leader');
  return {
    ...(leader && { leader }),
    ...(taking('responsible').length > 0 && { responsible: taking('responsible') }),
    ...(taking('assistant').length > 0 && { assistant: taking('assistant') }),
    ...(dueOn && { dueOn }),
  };
}

function apply(here: Here, values: RawValues): Outcome<RectificationData, undefined> {
  const { entry, today, directory } = here;
  const leader = String(values.leader);
  const responsible = (values.responsible as string[]) ?? [];
  const assistant = (values.assistant as string[] | undefined) ?? [];
  const dueOn = String(values.dueOn);
  if (dueOn < today) {
    const sentence = `${dueOn} 已经过去，今天是 ${today}`;
    throw new Refusal('invalid-input', `整改时限 ${sentence}。`, { dueOn: sentence });
  }
  if ([...responsible, ...assistant].includes(leader)) {
    const sentence = '责任领导要审核销号，不能同时是责任人或协办人';
    throw new Refusal('four-eyes', `${sentence}。`, { leader: sentence });
  }
  const departmentId = directory.byId(responsible[0] ?? '')?.departmentId;
  const isNew = entry.state === 'unassigned' || !isKept(here, responsible);
  const category = values.category as keyof typeof CATEGORIES | undefined;
  const kept = stillTrue(here, isNew, dueOn);
  return {
    state: isNew ? 'assigned' : entry.state,
    data: { ...kept, ...(isNew && { assignedOn: today }), ...(category && { category }) },
    dueOn,
    ...(departmentId && { departmentId }),
    people: { leader: [leader], responsible, assistant },
  };
}

/** Nobody new is responsible, and whoever has applied for the closing still is: nobody else's application is left over. */
function isKept({ entry, data }: Here, responsible: readonly string[]): boolean {
  const { application } = itemData(data);
  const samePeople = responsible.every((id) =>
    entry.people.some((each) => each.part === 'responsible' && each.personId === id),
  );
  return samePeople && (entry.state !== 'applied' || responsible.includes(application?.by ?? ''));
}

/** A new date answers a request for another one; who did not have the item has answered nothing for it. */
function stillTrue({ entry, data }: Here, isNew: boolean, dueOn: string): ItemData {
  const { deferral, weekly, ...rest } = itemData(data);
  const isWaiting = deferral && !isNew && entry.dueOn === dueOn;
  return { ...rest, ...(isWaiting && { deferral }), ...(weekly && !isNew && { weekly }) };
}

const LABELS = {
  责任领导: 'leader',
  责任人: 'responsible',
  协办: 'assistant',
  时限: 'dueOn',
  整改时限: 'dueOn',
} as const;
const LABEL = /(责任领导|责任人|协办|整改时限|时限)\s*[:：]?\s*/u;

/** 「责任领导 张三 责任人 李四、王五 时限 12月31日」 → values. What is nobody's name, or no date, is said and asked for. */
function readTyped(
  typed: string,
  { directory, at, calendar }: Pick<Here, 'at' | 'calendar' | 'directory'>,
): Typed {
  const values: Record<string, unknown> = {};
  const unread: string[] = [];
  const person = (name: string) => {
    const found = directory.named(name);
    if (found.length === 1) return found[0]?.id;
    unread.push(
      found.length === 0 ? `没有找到「${name}」，请选择。` : `有 ${found.length} 位「${name}」，请选择。`,
    );
    return undefined;
  };
  const [before = '', ...pieces] = typed.split(LABEL);
  if (before.trim() !== '') unread.push(`看不懂「${before.trim().slice(0, 30)}」，请填在下面。`);
  for (let i = 0; i + 1 < pieces.length; i += 2) {
    const field = LABELS[pieces[i] as keyof typeof LABELS];
    const said = (pieces[i + 1] ?? '').trim();
    if (field === 'dueOn') values.dueOn = readDueOn(said, at, calendar, unread);
    else if (field === 'leader') values.leader = person(said);
    else values[field] = said.split(/[\s、，,；;]+/u).flatMap((name) => person(name) ?? []);
  }
  return { values: withoutGaps(values), unread };
}

function readDueOn(said: string, at: Date, calendar: Calendar, unread: string[]): string | undefined {
  try {
    return readDate(said, at, calendar);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    unread.push(fault.message);
    return undefined;
  }
}

const withoutGaps = (values: Record<string, unknown>): RawValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && `${value}` !== ''));
