import type { Person } from '../../../ledger/directory.ts';
import type { RawValues } from '../../../ledger/form.ts';
import { isNews, isUntil, monthsLater } from './dates-of-moves.ts';
import type { Item } from './ruled-item.ts';

export type { Item } from './ruled-item.ts';

/** What somebody says about an item. */
export interface Said {
  person: Person;
  word: string;
  today: string;
  values: RawValues;
}

const AT_WORK = ['assigned', 'signed', 'progressing', 'returned', 'relapsed'];
const OPEN = ['unassigned', ...AT_WORK, 'stalled', 'applied', 'reviewed', 'approved'];

interface Rule {
  from: string[];
  /** `=`: where it was. */
  to: string[];
  by: (item: Item, person: Person) => boolean;
  /** What else must be so. */
  where?: (item: Item, said: Said) => boolean;
}

/**
 * The rules once more, written down from the bureau's side and not from the program's: from which states a word may be
 * said, to which it leads, who may say it, and what must be so.
 */
const RULES: Record<string, Rule> = {
  指派: { from: OPEN, to: ['assigned', '='], by: isOfficer, where: isProperAssignment },
  签收: { from: ['assigned'], to: ['signed'], by: isResponsible },
  进展: {
    from: AT_WORK,
    to: ['progressing'],
    by: isAtWorkOn,
    where: (item, said) => item.state !== 'progressing' || isNews(item, said, 'progress', said.values.text),
  },
  按计划: {
    from: AT_WORK,
    to: ['='],
    by: isResponsible,
    where: (item, said) => !isOver(item, said) && isNews(item, said, 'planned'),
  },
  有困难: {
    from: AT_WORK,
    to: ['='],
    by: isResponsible,
    where: (item, said) => isNews(item, said, 'difficult', said.values.text),
  },
  申请销号: {
    from: AT_WORK,
    to: ['applied'],
    by: isResponsible,
    where: (item) => item.files >= 1 && !isWaiting(item),
  },
  审核通过: { from: ['applied'], to: ['reviewed'], by: isLeader },
  复核通过: {
    from: ['reviewed'],
    to: ['closed', 'approved'],
    by: (item, person) => isOutside(item, person) && item.reviewedBy !== person.id,
  },
  审定: {
    from: ['approved'],
    to: ['closed'],
    by: (item, person) => isOfficer(item, person) && !isAtWorkOn(item, person),
    where: (item, { values, today }) =>
      String(values.on) <= today && String(values.on) >= String(item.approvedOn),
  },
  退回: {
    from: ['applied', 'reviewed', 'approved'],
    to: ['returned'],
    by: (item, person) => {
      if (item.state === 'applied') return isLeader(item, person);
      if (item.state === 'reviewed') return isOutside(item, person);
      return isOfficer(item, person) && !isAtWorkOn(item, person);
    },
  },
  申请延期: { from: AT_WORK, to: ['='], by: isResponsible, where: mayAskForDeferral },
  准予延期: {
    from: AT_WORK,
    to: ['='],
    by: isLeader,
    where: (item, said) => isAsked(item.deferredTo, item, said),
  },
  不予延期: {
    from: AT_WORK,
    to: ['='],
    by: isLeader,
    where: (item, said) => isAsked(item.deferredTo, item, said),
  },
  申请暂难: {
    from: AT_WORK,
    to: ['='],
    by: isResponsible,
    where: (item, { values, today }) =>
      !isWaiting(item) && isUntil(String(values.until), today, String(item.dueOn)),
  },
  同意暂难: {
    from: AT_WORK,
    to: ['stalled'],
    by: isLeader,
    where: (item, said) => isAsked(item.stallUntil, item, said),
  },
  不同意暂难: {
    from: AT_WORK,
    to: ['='],
    by: isLeader,
    where: (item, said) => isAsked(item.stallUntil, item, said),
  },
  撤回申请: {
    from: ['applied', ...AT_WORK],
    to: ['='],
    by: isResponsible,
    where: (item, { person }) => (item.state === 'applied' ? item.applicant : item.askedBy) === person.id,
  },
  审定有异: {
    from: ['closed'],
    to: ['reviewed'],
    by: (_, { roles }) => roles.includes('secretary') || roles.includes('discipline'),
    where: ({ hasMeeting }) => hasMeeting,
  },
  恢复整改: {
    from: ['stalled'],
    to: ['progressing'],
    by: (item, person) => isLeader(item, person) || isOfficer(item, person),
    where: (_, { values, today }) => values.dueOn !== undefined && String(values.dueOn) >= today,
  },
  巩固: {
    from: ['closed'],
    to: ['consolidated'],
    by: isOutside,
    where: ({ lookBackOn }, { today }) => String(lookBackOn) <= today,
  },
  反弹: {
    from: ['closed', 'consolidated'],
    to: ['relapsed'],
    by: isOutside,
    where: (_, { values, today }) => values.dueOn !== undefined && String(values.dueOn) >= today,
  },
  电话: {
    from: [...AT_WORK, 'stalled'],
    to: ['='],
    by: (_, { roles }) => roles.includes('supervisor'),
    where: (item, said) =>
      [...item.responsible, ...item.assistant].includes(String(said.values.with)) &&
      !(said.values.answer === 'planned' && isOver(item, said)),
  },
  核查: {
    from: [...AT_WORK, 'stalled', 'applied', 'reviewed', 'approved', 'closed'],
    to: ['='],
    by: (_, { roles }) => roles.includes('supervisor'),
    where: (_, { values, today }) => String(values.on) <= today,
  },
  修改: {
    from: [...OPEN, 'closed', 'consolidated'],
    to: ['='],
    by: isOfficer,
    where: ({ target }, { values }) => values.target !== target,
  },
};

function isResponsible(item: Item, person: Person): boolean {
  return item.responsible.includes(person.id);
}
function isLeader(item: Item, person: Person): boolean {
  return item.leader.includes(person.id);
}
function isOfficer(_: Item, { roles }: Person): boolean {
  return roles.includes('supervisor') || roles.includes('discipline');
}
function isAtWorkOn(item: Item, person: Person): boolean {
  return isResponsible(item, person) || item.assistant.includes(person.id);
}
/** A 督查员 who does not do the work himself. */
function isOutside(item: Item, person: Person): boolean {
  return person.roles.includes('supervisor') && !isAtWorkOn(item, person);
}

export const WORDS: readonly string[] = Object.keys(RULES);

/** The states in which an item may be after the word was said in this one. */
export function statesAfter({ state, needsMeeting, stateBefore }: Item, word: string): string[] {
  const rule = RULES[word];
  if (!rule?.from.includes(state)) return [];
  if (word === '复核通过') return needsMeeting ? ['approved'] : ['closed'];
  if (word === '撤回申请' && state === 'applied') return stateBefore ? [stateBefore] : [];
  return rule.to.map((to) => (to === '=' ? state : to));
}

/** Whether something leads out of the state. */
export const hasWayOut = (state: string): boolean =>
  Object.values(RULES).some(
    ({ from, to }) => from.includes(state) && to.some((to) => to !== '=' && to !== state),
  );

/** Whether the word has to be accepted; if not, it has to be refused. */
export function isAllowed(items: readonly Item[], item: Item, said: Said): boolean {
  const rule = RULES[said.word];
  if (!rule?.from.includes(item.state) || !rule.by(item, said.person)) return false;
  if (rule.where && !rule.where(item, said)) return false;
  return !['审核通过', '复核通过'].includes(said.word) || !isMutual(items, item, said.person);
}

/** Whether one of those whose item it is has let a closing pass, in the same round, of an item that was this person's. */
export function isMutual(items: readonly Item[], item: Item, { id }: Person): boolean {
  const roundOf = ({ ref }: Item) => ref.split('-')[0];
  const theirs = [item.applicant, ...item.responsibleThen, ...item.responsible, ...item.assistant];
  return items.some((other) => {
    if (roundOf(other) !== roundOf(item)) return false;
    const deciders = [other.reviewedBy, other.approvedBy].filter((each) => each !== undefined);
    const responsible = [...other.responsible, ...other.responsibleThen];
    const { applicant } = other;
    const now = applicant === undefined ? [] : [{ applicant, responsible, deciders }];
    return [...other.earlier, ...now].some(
      (hands) =>
        [hands.applicant, ...hands.responsible].includes(id) &&
        hands.deciders.some((decider) => theirs.includes(decider)),
    );
  });
}

/** Who will have to review is not among those who work; the date lies ahead, and only 长期坚持 needs none. */
function isProperAssignment(item: Item, { values, today }: Said): boolean {
  const { leader, responsible, assistant, dueOn, category } = values as Record<string, string>;
  if (`${responsible},${assistant}`.includes(String(leader))) return false;
  if (dueOn === undefined) return (category ?? item.category) === 'lasting';
  return dueOn >= today;
}

/** The work is over its date: it goes by no plan. */
const isOver = (item: Item, { today }: Said): boolean =>
  AT_WORK.includes(item.state) && item.dueOn !== undefined && item.dueOn < today;

const isWaiting = (item: Item): boolean => item.deferredTo !== undefined || item.stallUntil !== undefined;

/** Once, before the date, for a later one, and not while another request waits. */
function mayAskForDeferral(item: Item, { values, today }: Said): boolean {
  if (isWaiting(item) || item.deferrals > 0 || item.category === 'lasting') return false;
  if (String(values.to) > monthsLater(String(item.dueOn), 3)) return false;
  return today <= String(item.dueOn) && String(values.to) > String(item.dueOn);
}

/** Somebody else has asked. */
const isAsked = (what: string | undefined, item: Item, { person }: Said): boolean =>
  what !== undefined && item.askedBy !== person.id;
