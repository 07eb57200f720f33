import type { Notice } from '../../define.ts';
import { choiceField, type RawValues } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import type { Role } from '../../role.ts';
import { DISPOSALS } from '../contents.ts';
import { isWithOthers } from '../handed-over.ts';
import { freeWith, receiversOf } from '../pass-on.ts';
import { handleBy } from '../terms.ts';
import * as wording from '../wording.ts';
import {
  byOfficer,
  contentsWith,
  type Here,
  longText,
  notOwn,
  objectionEnds,
  type Result,
  type Step,
  toReporter,
} from './step.ts';

const dispose: Step = {
  name: 'dispose',
  check: notOwn,
  word: '处置',
  help: '登记处置方式：提醒、函询、诫勉、移送或上报',
  from: ['routine', 'inquiry', 'suspected'],
  by: byOfficer,
  fields: {
    disposal: choiceField({ label: '处置方式', options: DISPOSALS }),
    detail: longText('处置说明'),
  },
  inline: 'detail',
  apply: (here, values) => ({
    state: 'disposing',
    dueOn: here.entry.dueOn ?? handleBy(here, here.today),
    data: { ...here.data, disposal: values.disposal as keyof typeof DISPOSALS },
    contents: detailed(here, values),
    ...handedOver(here, values),
  }),
  notices: (here, values) => [...toReporter('disposing')(here), ...toTakers(here, values)],
};

const detailed = (here: Here, { detail }: RawValues) =>
  contentsWith(here, { disposalDetail: String(detail) });

/** Whose turn it is: 移送 goes to the 派驻纪检组; 上报 to who is known of the upper level, else to the 派驻纪检组 too. */
function takers(here: Here, values: RawValues): string[] {
  const { disposal } = values;
  if (disposal !== 'transfer' && disposal !== 'escalate') return [];
  const levels: readonly Role[] = disposal === 'transfer' ? ['resident'] : ['upper', 'resident'];
  return (
    levels.map((role) => freeWith(here, role, detailed(here, values))).find((free) => free.length > 0) ?? []
  );
}

/** They have it from now on, and no date of this house runs. @throws Refusal where it is handed over and nobody may take it */
function handedOver(here: Here, values: RawValues): Pick<Result, 'people' | 'dueOn'> {
  const taking = takers(here, values);
  if (taking.length > 0)
    return { dueOn: null, people: { receiver: [...new Set([...receiversOf(here), ...taking])] } };
  // 上报 outside of the house stays possible: it is noted here, and sent another way.
  if (values.disposal !== 'transfer') return {};
  const { upperLevel } = here.rules.intercession;
  const sentence = `派驻纪检组现在没有可以接办的人员（无人在岗或均需回避），不能移送。请另行报送${upperLevel}，并在这里选「${DISPOSALS.escalate}」登记`;
  throw new Refusal('invalid-input', `${sentence}。`, { disposal: sentence });
}

const toTakers = (here: Here, values: RawValues): Notice[] =>
  takers(here, values).map((person) => ({
    to: { person },
    content: wording.handedOver(here.entry, values.disposal === 'transfer' ? '移送' : '上报'),
  }));

const feedBack: Step = {
  name: 'feed-back',
  check(here) {
    notOwn(here);
    notHandedOver(here);
  },
  word: '反馈',
  help: '把结果反馈给记录人',
  from: ['routine', 'inquiry', 'suspected', 'disposing'],
  by: byOfficer,
  style: 'primary',
  fields: { feedback: longText('反馈内容') },
  inline: 'feedback',
  apply: (here, values) => ({
    state: 'answered',
    dueOn: null,
    contents: contentsWith(here, { feedback: String(values.feedback), answeredAt: here.at.toISOString() }),
  }),
  notices: ({ entry, rules }) => [
    { to: { part: 'reporter' }, content: wording.answered(entry, rules.intercession.objectWithinDays) },
  ],
};

/** What came of it is told by whoever took it over: nobody answers over his head. */
function notHandedOver(here: Here): void {
  const { entry, actor, directory } = here;
  const name = isWithOthers(here, actor);
  if (!name) return;
  const names = receiversOf(here).map((id) => directory.byId(id)?.name);
  const sentence = `${entry.ref} 已${HANDED[name]}，由${names.join('、')}办理，结果由其反馈记录人。`;
  throw new Refusal('not-permitted', sentence);
}

const HANDED = { transfer: '移送', escalate: '上报' } as const;

/** From 备查 at once: its conclusion was told to the reporter as the answer. 「全部」 leaves those for which he may still object. */
const archive: Step = {
  name: 'archive',
  check: notOwn,
  word: '归档',
  help: '办结归档；「归档 全部」归档看过且异议期已过的，先列出编号请您确认',
  from: ['routine', 'answered'],
  by: byOfficer,
  style: 'primary',
  readFirst: true,
  all: openToObjection,
  confirmsAll: true,
  apply: () => ({ state: 'archived', dueOn: null }),
  notices: toReporter('archived'),
};

/** Why 「全部」 does not mean it; `true` where it does. */
function openToObjection(here: Here): true | string {
  const { objections } = here.contents;
  if (objections.at(-1)?.decision?.result === 'upheld') return true;
  const lastDay = objectionEnds(here);
  return here.today > lastDay || `异议期至 ${lastDay}`;
}

/** 处置、反馈、归档 */
export const handlingMoves: readonly Step[] = [archive, dispose, feedBack];
