import type { Notice } from '../../define.ts';
import { choiceField, type RawValues } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import type { Role } from '../../role.ts';
import { DISPOSALS } from '../contents.ts';
import { freeWith, receiversOf } from '../pass-on.ts';
import * as wording from '../wording.ts';
import {
  byOfficer,
  contentsWith,
  type Here,
  longText,
  notOwn,
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
    data: { ...here.data, disposal: values.disposal as keyof typeof DISPOSALS },
    contents: detailed(here, values),
    ...handedOver(here, values),
  }),
  notices: (here, values) => [...toReporter('处置中')(here), ...toTakers(here, values)],
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

/** They have it from now on. @throws Refusal where it is handed over and nobody may take it */
function handedOver(here: Here, values: RawValues): Pick<Result, 'people'> {
  const taking = takers(here, values);
  if (taking.length > 0) return { people: { receiver: [...new Set([...receiversOf(here), ...taking])] } };
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
  check: notOwn,
  word: '反馈',
  help: '把结果反馈给记录人',
  from: ['routine', 'inquiry', 'suspected', 'disposing'],
  by: byOfficer,
  style: 'primary',
  fields: { feedback: longText('反馈内容') },
  inline: 'feedback',
  apply: (here, values) => ({
    state: 'answered',
    contents: contentsWith(here, { feedback: String(values.feedback), answeredAt: here.at.toISOString() }),
  }),
  notices: ({ entry, rules }) => [
    { to: { part: 'reporter' }, content: wording.answered(entry, rules.intercession.objectWithinDays) },
  ],
};

/** From 备查 at once: its conclusion was told to the reporter as the answer. */
const archive: Step = {
  name: 'archive',
  check: notOwn,
  word: '归档',
  help: '办结归档；备查的记录可直接归档，「归档 全部」归档所有已反馈的',
  from: ['routine', 'answered'],
  by: byOfficer,
  style: 'primary',
  apply: () => ({ state: 'archived' }),
  notices: toReporter('已归档'),
};

/** 处置、反馈、归档 */
export const handlingMoves: readonly Step[] = [archive, dispose, feedBack];
