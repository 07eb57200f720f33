import type { Move, Outcome, Situation } from '../define.ts';
import type { Directory } from '../directory.ts';
import { choiceField, dateField, optional, peopleField, personField, type RawValues } from '../form.ts';
import { Refusal } from '../refusal.ts';
import { AT_WORK, CATEGORIES, itemData, type RectificationData } from './data.ts';
import { readDate } from './read-date.ts';
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
  from: ['unassigned', ...AT_WORK],
  by: { roles: ['supervisor', 'discipline'] },
  style: 'primary',
  fields,
  prefill,
  read: readTyped,
  apply,
  notices: ({ entry }, values) => [
    { to: { part: 'responsible' }, content: wording.assigned(entry, String(values.dueOn)) },
  ],
};

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
  const dueOn = String(values.dueOn);
  if (dueOn < today) {
    const sentence = `${dueOn} 已经过去，今天是 ${today}`;
    throw new Refusal('invalid-input', `整改时限 ${sentence}。`, { dueOn: sentence });
  }
  if (responsible.includes(leader)) {
    const sentence = '责任领导要审核销号，不能同时是责任人';
    throw new Refusal('four-eyes', `${sentence}。`, { leader: sentence });
  }
  const departmentId = directory.byId(responsible[0] ?? '')?.departmentId;
  const samePeople = responsible.every((id) =>
    entry.people.some((p) => p.part === 'responsible' && p.personId === id),
  );
  const isNew = entry.state === 'unassigned' || !samePeople;
  const category = values.category as keyof typeof CATEGORIES | undefined;
  return {
    state: isNew ? 'assigned' : entry.state,
    data: { ...itemData(here.data), ...(isNew && { assignedOn: today }), ...(category && { category }) },
    dueOn,
    ...(departmentId && { departmentId }),
    people: { leader: [leader], responsible, assistant: (values.assistant as string[] | undefined) ?? [] },
  };
}

const LABELS = {
  责任领导: 'leader',
  责任人: 'responsible',
  协办: 'assistant',
  时限: 'dueOn',
  整改时限: 'dueOn',
} as const;
const LABEL = /(责任领导|责任人|协办|整改时限|时限)\s*[:：]?\s*/u;

/** 「责任领导 张三 责任人 李四、王五 时限 12月31日」 → values. */
function readTyped(
  typed: string,
  { directory, at, calendar }: Pick<Here, 'at' | 'calendar' | 'directory'>,
): RawValues {
  const values: Record<string, unknown> = {};
  const [, ...pieces] = typed.split(LABEL);
  for (let i = 0; i + 1 < pieces.length; i += 2) {
    const field = LABELS[pieces[i] as keyof typeof LABELS];
    const said = (pieces[i + 1] ?? '').trim();
    if (field === 'dueOn') values.dueOn = readDate(said, at, calendar);
    else if (field === 'leader') values.leader = personNamed(directory, said);
    else values[field] = said.split(/[\s、，,；;]+/u).map((name) => personNamed(directory, name));
  }
  return values;
}

/** @throws Refusal when the name is nobody's or several persons' */
function personNamed(directory: Directory, name: string): string {
  const found = directory.named(name);
  const [only] = found;
  if (only && found.length === 1) return only.id;
  const why = found.length === 0 ? '没有找到' : `有 ${found.length} 位`;
  throw new Refusal('invalid-input', `${why}「${name}」，请在表单中选择：发送「指派 <编号>」打开表单。`);
}
