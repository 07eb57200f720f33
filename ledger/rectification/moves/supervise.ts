import type { Entry, Notice } from '../../define.ts';
import { choiceField, dateField, personField, type RawValues } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { ANSWERS, AT_WORK, CHECKS, type ItemData, itemData } from '../data.ts';
import * as wording from '../wording.ts';
import { answered, withProgress } from './answered.ts';
import { type Here, requireItem, requirePast, type Step, stay, text } from './step.ts';
import { nextQuarter } from './work.ts';

const bySupervisor = { roles: ['supervisor'] } as const;

/** What may be answered by telephone: only who has the item asks for a deferral or for its closing, nobody in his name. */
const { planned, difficult, progress } = ANSWERS;
const { visit, papers, meeting } = CHECKS;

const phone: Step = {
  name: 'phone',
  word: '电话',
  done: '已记录电话答复',
  help: '记录周督查的电话答复，作为本周的回复',
  from: [...AT_WORK, 'stalled'],
  by: bySupervisor,
  fields: {
    answer: choiceField({ label: '答复', options: { planned, difficult, progress } }),
    text: text('内容', 1000),
    with: personField({ label: '通话人' }),
  },
  inline: 'text',
  all: () => false,
  check: requireItem,
  prefill: ({ entry }) => {
    const [first] = workingOn(entry);
    return first === undefined ? {} : { with: first };
  },
  apply(here, { answer, text: said, with: personId }) {
    requireWorking(here, String(personId));
    const given = answer as 'planned' | 'difficult' | 'progress';
    const data =
      given === 'progress' ? withProgress(here, String(said)) : answered(here, given, String(said));
    return {
      ...stay(here, takenBy(data, here.actor.id)),
      ...(given === 'progress' && here.entry.state !== 'stalled' && nextQuarter(here)),
    };
  },
  notices: phoneNotices,
};

const takenBy = ({ weekly, ...data }: ItemData, id: string): ItemData => ({
  ...data,
  ...(weekly && { weekly: { ...weekly, takenBy: id } }),
});

const workingOn = ({ people }: Entry): string[] =>
  people.filter(({ part }) => part === 'responsible').map(({ personId }) => personId);

function requireWorking({ entry, directory }: Here, personId: string): void {
  const isWorking = entry.people.some((each) => each.part !== 'leader' && each.personId === personId);
  if (isWorking) return;
  const sentence = `${directory.byId(personId)?.name ?? '此人'}不是 ${entry.ref} 的责任人或协办人`;
  throw new Refusal('invalid-input', `${sentence}。`, { with: sentence });
}

/** Whose words they are sees what was written down; a difficulty reaches the 责任领导 as if it had been typed. */
function phoneNotices({ entry, actor, directory }: Here, values: RawValues): Notice[] {
  const said = String(values.text);
  const by = directory.byId(String(values.with))?.name ?? '责任人';
  const answer = ANSWERS[values.answer as keyof typeof ANSWERS];
  const own: Notice = {
    to: { person: String(values.with) },
    content: wording.phoned(entry, actor.name, `${answer}，${said}`),
  };
  if (values.answer !== 'difficult') return [own];
  return [own, { to: { part: 'leader' }, content: wording.difficult(entry, by, said) }];
}

const check: Step = {
  name: 'check',
  word: '核查',
  done: '已记录核查',
  help: '记录现场核查、查阅资料等，不改变事项状态',
  from: [...AT_WORK, 'stalled', 'applied', 'reviewed', 'approved', 'closed'],
  by: bySupervisor,
  fields: {
    how: choiceField({ label: '方式', options: { visit, papers, meeting } }),
    on: dateField({ label: '日期', past: true }),
    findings: text('核查情况'),
  },
  inline: 'findings',
  all: () => false,
  check: requireItem,
  prefill: ({ today }) => ({ on: today, how: 'visit' }),
  apply(here, { on }) {
    requirePast(here, 'on', String(on));
    return stay(here, itemData(here.data));
  },
  notices: ({ entry, actor }, { how, findings }) =>
    ['responsible', 'leader'].map((part) => ({
      to: { part },
      content: wording.checked(entry, actor.name, CHECKS[how as keyof typeof CHECKS], String(findings)),
    })),
};

/** What the 督查员 finds out beside the weekly card. */
export const supervisingMoves: readonly Step[] = [phone, check];
