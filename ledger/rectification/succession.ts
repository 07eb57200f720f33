import type { Entry, Handover, Notice, Succession } from '../define.ts';
import type { Action, Content } from '../message.ts';
import { assign } from './assignment.ts';
import { AT_WORK, dataSchema, itemData, type RectificationData } from './data.ts';
import { toldDate } from './due-word.ts';
import { itemNotice } from './item-notice.ts';

/**
 * When somebody leaves: his items go to his 科室负责人, who signs for them as for any other. A 责任领导 has no such heir,
 * since the head often does the work that he reviews: the 督查员 gives those out anew.
 */
export const succession: Succession<RectificationData, undefined> = {
  passesOn: ['responsible'],
  givenAnew: ['leader'],
  mayTake({ entry, data }, { id }) {
    const isLeader = entry.people.some(({ personId, part }) => part === 'leader' && personId === id);
    const { reviewedBy, approvedBy } = itemData(data);
    return !isLeader && reviewedBy !== id && approvedBy !== id;
  },
  apply({ entry, data, people, today, directory }) {
    const responsible = people.responsible ?? [];
    const isNew = !entry.people.some(
      (each) => each.part === 'responsible' && responsible.includes(each.personId),
    );
    const isAtWork = (AT_WORK as readonly string[]).includes(entry.state);
    const departmentId = directory.byId(responsible[0] ?? '')?.departmentId;
    // Who did not have the item has answered nothing for it.
    const { weekly: _, ...unanswered } = itemData(data);
    return {
      state: isNew && isAtWork ? 'assigned' : entry.state,
      data: isNew ? { ...unanswered, assignedOn: today } : data,
      people,
      ...(departmentId && { departmentId }),
    };
  },
  notices(entry, handovers, directory) {
    const left = handovers.filter(({ to }) => !to);
    const giver = directory.withRole('supervisor').length > 0 ? 'supervisor' : 'discipline';
    return [
      ...handovers.flatMap(({ from, to }): Notice[] =>
        to ? [{ to: { person: to.id }, content: inherited(entry, from.name) }] : [],
      ),
      ...(left.length < handovers.length
        ? [{ to: { part: 'leader' }, content: changedHands(entry, handovers) }]
        : []),
      ...(left.length > 0 ? [{ to: { role: giver }, content: orphaned(entry, left) } as const] : []),
    ];
  },
};

const notice = (title: string, entry: Entry, line: string, actions: Action[] = []): Content => {
  const { category } = itemData(dataSchema.parse(entry.data));
  return itemNotice(title, entry, [line, ...(entry.dueOn ? [toldDate(entry.dueOn, category)] : [])], {
    actions,
  });
};

/** To the 科室负责人. */
const inherited = (entry: Entry, from: string): Content =>
  notice(
    '人员离开，整改事项由您接手',
    entry,
    `原责任人 ${from} 已离开。`,
    entry.state === 'assigned' ? [{ action: `签收 ${entry.ref}`, label: '签收', style: 'primary' }] : [],
  );

/** To the 责任领导. */
const changedHands = (entry: Entry, handovers: readonly Handover[]): Content =>
  notice(
    '人员离开，整改事项已交接',
    entry,
    handovers.flatMap(({ from, to }) => (to ? [`${from.name} 已离开，由 ${to.name} 接手。`] : [])).join(''),
  );

/** To the 督查员. */
const orphaned = (entry: Entry, left: readonly Handover[]): Content =>
  notice(
    '人员离开，整改事项待重新指派',
    entry,
    left
      .map(({ from, part }) => `${part === 'leader' ? '责任领导' : '责任人'} ${from.name} 已离开。`)
      .join(''),
    assign.from.includes(entry.state)
      ? [{ action: `${assign.word} ${entry.ref}`, label: assign.word, style: 'primary' }]
      : [],
  );
