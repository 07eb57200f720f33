import { choiceField, dateField } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { CHECKS, type ItemData, itemData } from '../data.ts';
import { requireOtherPerson } from '../four-eyes.ts';
import * as wording from '../wording.ts';
import { closingsKept } from './closings-kept.ts';
import { type Here, requireAhead, requireItem, type Step, text, withEarlierDate } from './step.ts';

const found = {
  how: choiceField({ label: '核查方式', options: CHECKS }),
  text: text('核查情况'),
};

const lookBack = ({ actor, today }: Here, { how, text: said }: Readonly<Record<string, unknown>>) => ({
  on: today,
  by: actor.id,
  text: String(said),
  how: how as keyof typeof CHECKS,
});

const consolidate: Step = {
  name: 'consolidate',
  word: '巩固',
  done: '回头看：已巩固',
  help: '回头看，整改成效已巩固',
  from: ['closed'],
  by: { roles: ['supervisor'] },
  style: 'primary',
  fields: found,
  inline: 'text',
  all: () => false,
  check: mayConsolidate,
  apply: (here, values) => ({
    state: 'consolidated',
    data: { ...itemData(here.data), lookBack: lookBack(here, values) },
  }),
  notices: ({ entry }, { text: said }) => [
    { to: { part: 'responsible' }, content: wording.consolidated(entry, String(said)) },
  ],
};

/** Not before its time: what was closed yesterday has not lasted. */
function mayConsolidate(here: Here): void {
  requireItem(here);
  requireOtherPerson(here, '回头看');
  const { lookBackOn } = itemData(here.data);
  if (lookBackOn === undefined || lookBackOn <= here.today) return;
  const { lookBackSource } = here.rules.rectification;
  throw new Refusal(
    'wrong-state',
    `${here.entry.ref} 的回头看时间是 ${lookBackOn}，还没有到（依据：${lookBackSource}）。`,
  );
}

const relapse: Step = {
  name: 'relapse',
  word: '反弹',
  done: '已登记反弹，重新整改',
  help: '回头看发现问题反弹，写明情况和新时限，重新整改',
  from: ['closed', 'consolidated'],
  by: { roles: ['supervisor'] },
  style: 'danger',
  fields: { ...found, dueOn: dateField({ label: '新的整改时限' }) },
  inline: 'text',
  all: () => false,
  check(here) {
    requireItem(here);
    requireOtherPerson(here, '回头看');
  },
  apply(here, values) {
    const dueOn = String(values.dueOn);
    requireAhead(here, 'dueOn', dueOn);
    const data = reopened(here, withEarlierDate(here, dueOn, 'relapse'));
    return { state: 'relapsed', dueOn, data: { ...data, lookBack: lookBack(here, values) } };
  },
  notices: ({ entry }, { text: said, dueOn }) =>
    ['responsible', 'leader'].map((part) => ({
      to: { part },
      content: wording.relapsed(entry, String(said), String(dueOn), part),
    })),
  answer({ entry, directory }) {
    const isLeft = entry.people.some(
      ({ personId, part }) => part === 'responsible' && directory.byId(personId)?.active,
    );
    return isLeft ? ['已告知责任领导和责任人。'] : ['原责任人均已离开，请重新指派。'];
  },
};

/** As if it had not been closed. */
function reopened({ at, today }: Here, item: ItemData): ItemData {
  const { application: _a, reviewedBy: _r, approvedBy: _b, meeting: _m, lookBackOn: _l, ...data } = item;
  const { weekly: _weekly, difficulty: _difficulty, withdrawn: _withdrawn, ...rest } = data;
  return {
    ...rest,
    ...closingsKept(item, today),
    relapses: (item.relapses ?? 0) + 1,
    relapsedAt: at.toISOString(),
    assignedOn: today,
  };
}

/** 回头看: three months after the closing (S3), 巩固 or 反弹·重启. */
export const lookBackMoves: readonly Step[] = [consolidate, relapse];
