import { choiceField, optional } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { CONCLUSIONS } from '../contents.ts';
import { screenBy } from '../terms.ts';
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

/** What stands as the reason where the officer types none, and what the reporter is told then. */
export const ROUTINE_REASON = '属正常工作联系或按职责了解情况，未见不当。';
export const ROUTINE_FEEDBACK = '经甄别，属正常工作联系或按职责了解情况，已备查。感谢您如实记录。';

const accept: Step = {
  name: 'accept',
  check: notOwn,
  word: '受理',
  help: '受理一条记录',
  from: ['submitted'],
  by: byOfficer,
  style: 'primary',
  apply: (here) => ({ state: 'accepted', dueOn: screenBy(here, here.today) }),
  notices: toReporter('已受理'),
};

/**
 * 备查 in one tap: more than nine in ten entries are harmless inquiries. Each is looked at, so there is no 「备查 全部」;
 * several numbers may be given.
 */
const setAside: Step = {
  name: 'set-aside',
  check: notOwn,
  word: '备查',
  help: '认定为正常履职，一步备查；可写多个编号，也可在后面写理由',
  from: ['submitted', 'accepted', 'screening'],
  by: byOfficer,
  fields: { reason: optional(longText('理由')) },
  inline: 'reason',
  all() {
    throw new Refusal('invalid-input', '备查须逐条看过再定，请写明编号，例如「备查 <编号>,<编号>」。');
  },
  apply: (here, { reason }) => judged(here, 'routine', String(reason ?? ROUTINE_REASON)),
  notices: toReporter(CONCLUSIONS.routine),
  answer: ({ rules }) => [
    `未写理由的，理由记为「${ROUTINE_REASON}」；结论已反馈记录人，可直接归档。`,
    `记录人 ${rules.intercession.objectWithinDays} 日内可以提出异议。`,
  ],
};

const beginScreening: Step = {
  name: 'begin-screening',
  check: notOwn,
  word: '开始甄别',
  help: '开始核对情况',
  from: ['accepted'],
  by: byOfficer,
  apply: () => ({ state: 'screening' }),
  notices: toReporter('甄别中'),
};

const screen: Step = {
  name: 'screen',
  check: notOwn,
  word: '甄别',
  help: '作出甄别结论：备查、登记、转线索或退回补正',
  from: ['accepted', 'screening'],
  by: byOfficer,
  style: 'primary',
  fields: { conclusion: choiceField({ label: '甄别结论', options: CONCLUSIONS }), reason: longText('理由') },
  inline: 'reason',
  apply: (here, values) => judged(here, values.conclusion as Conclusion, String(values.reason)),
  notices: (here, { conclusion }) => {
    if (conclusion === 'returned')
      return [{ to: { part: 'reporter' }, content: wording.returned(here.entry) }];
    return toReporter(conclusion === 'routine' ? CONCLUSIONS.routine : '甄别完成，正在办理')(here);
  },
};

type Conclusion = keyof typeof CONCLUSIONS;

/** After the judgement no time runs. With 备查 the matter is answered; the other ways go on. */
function judged(here: Here, conclusion: Conclusion, reason: string): Result {
  const answer =
    conclusion === 'routine' ? { feedback: ROUTINE_FEEDBACK, answeredAt: here.at.toISOString() } : {};
  return {
    state: conclusion,
    dueOn: null,
    data: { ...here.data, conclusion },
    contents: contentsWith(here, { conclusionReason: reason, judgedBy: here.actor.id, ...answer }),
  };
}

/** 受理与甄别 */
export const triageMoves: readonly Step[] = [accept, setAside, screen, beginScreening];
