import type { Person } from '../../../ledger/directory.ts';
import type { RawValues } from '../../../ledger/form.ts';

/** An item as far as the rules look at it. */
export interface Item {
  ref: string;
  parent: string | undefined;
  state: string;
  version: number;
  closed: boolean;
  dueOn: string | undefined;
  leader: string[];
  responsible: string[];
  assistant: string[];
  applicant: string | undefined;
  reviewedBy: string | undefined;
  approvedBy: string | undefined;
  deferredTo: string | undefined;
  deferrals: number;
}

/** What somebody says about an item. */
export interface Said {
  person: Person;
  word: string;
  today: string;
  values: RawValues;
}

const AT_WORK = ['assigned', 'signed', 'progressing', 'returned'];

/**
 * The rules once more, written down from the bureau's side and not from the program's: from which states a word may be
 * said, to which it leads (`=`: where it was), and who may say it.
 */
const RULES: Record<string, { from: string[]; to: string[]; by: (item: Item, person: Person) => boolean }> = {
  指派: {
    from: ['unassigned', ...AT_WORK, 'applied'],
    to: ['assigned', '='],
    by: (_, { roles }) => roles.includes('supervisor') || roles.includes('discipline'),
  },
  签收: { from: ['assigned'], to: ['signed'], by: isResponsible },
  进展: {
    from: AT_WORK,
    to: ['progressing'],
    by: (item, person) => isResponsible(item, person) || item.assistant.includes(person.id),
  },
  按计划: { from: AT_WORK, to: ['='], by: isResponsible },
  有困难: { from: AT_WORK, to: ['='], by: isResponsible },
  申请延期: { from: AT_WORK, to: ['='], by: isResponsible },
  准予延期: { from: AT_WORK, to: ['='], by: isLeader },
  不予延期: { from: AT_WORK, to: ['='], by: isLeader },
  申请销号: { from: AT_WORK, to: ['applied'], by: isResponsible },
  审核通过: { from: ['applied'], to: ['reviewed'], by: isLeader },
  复核通过: {
    from: ['reviewed'],
    to: ['closed'],
    by: (item, person) => isSupervisor(person) && !isAtWorkOn(item, person) && item.reviewedBy !== person.id,
  },
  退回: {
    from: ['applied', 'reviewed'],
    to: ['returned'],
    by: (item, person) =>
      item.state === 'applied' ? isLeader(item, person) : isSupervisor(person) && !isAtWorkOn(item, person),
  },
};

function isResponsible(item: Item, person: Person): boolean {
  return item.responsible.includes(person.id);
}
function isLeader(item: Item, person: Person): boolean {
  return item.leader.includes(person.id);
}
function isSupervisor({ roles }: Person): boolean {
  return roles.includes('supervisor');
}
function isAtWorkOn(item: Item, person: Person): boolean {
  return isResponsible(item, person) || item.assistant.includes(person.id);
}

export const WORDS: readonly string[] = Object.keys(RULES);

/** The states in which an item may be after the word was said in this one. */
export function statesAfter(state: string, word: string): string[] {
  const rule = RULES[word];
  if (!rule?.from.includes(state)) return [];
  return rule.to.map((to) => (to === '=' ? state : to));
}

/** Whether the word has to be accepted; if not, it has to be refused. */
export function isAllowed(item: Item, said: Said): boolean {
  const rule = RULES[said.word];
  if (!rule?.from.includes(item.state) || !rule.by(item, said.person)) return false;
  if (said.word === '指派') return isProperAssignment(said);
  if (said.word === '申请延期') return mayAskForDeferral(item, said);
  if (said.word === '准予延期' || said.word === '不予延期') return item.deferredTo !== undefined;
  return true;
}

/** Who will have to review is not among those who work, and the date lies ahead. */
function isProperAssignment({ values, today }: Said): boolean {
  const { leader, responsible, assistant, dueOn } = values as Record<string, string>;
  return !`${responsible},${assistant}`.includes(String(leader)) && String(dueOn) >= today;
}

/** Once, before the date, for a later one, and not while another request waits. */
function mayAskForDeferral(item: Item, { values, today }: Said): boolean {
  if (item.deferredTo !== undefined || item.deferrals > 0) return false;
  return today <= String(item.dueOn) && String(values.to) > String(item.dueOn);
}
