import { choiceField, optional, type RawValues } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { CONCLUSIONS, ROUTINE_GROUNDS } from '../contents.ts';
import { handleBy, screenBy } from '../terms.ts';
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

/** What the reporter is told with 备查: why is the officers' to know. */
const ROUTINE_FEEDBACK = `经甄别，结论为「${CONCLUSIONS.routine}」。感谢您如实记录。`;

const accept: Step = {
  name: 'accept',
  check: notOwn,
  word: '受理',
  help: '受理一条记录',
  from: ['submitted'],
  by: byOfficer,
  style: 'primary',
  apply: (here) => ({ state: 'accepted', dueOn: screenBy(here, here.today) }),
  notices: toReporter('accepted'),
};

/**
 * 备查 in one tap: more than nine in ten entries are harmless inquiries. Each is read before, so there is no 「备查 全部」;
 * several numbers may be given. The reason is what the officer says, or the button that he presses: nothing stands in for it.
 */
const setAside: Step = {
  name: 'set-aside',
  check: notOwn,
  word: '备查',
  help: '认定为正常履职，看过内容后一步备查；可写多个编号，后面写理由',
  from: ['submitted', 'accepted', 'screening'],
  by: byOfficer,
  readFirst: true,
  offered: [ROUTINE_GROUNDS.consultation, ROUTINE_GROUNDS.progress],
  fields: {
    ground: choiceField({ label: '理由', options: ROUTINE_GROUNDS }),
    reason: optional(longText('补充说明', 500)),
  },
  inline: 'reason',
  read: (typed) => ({ values: groundIn(typed), unread: [] }),
  all() {
    throw new Refusal('invalid-input', '备查须逐条看过再定，请写明编号，例如「备查 <编号>,<编号>」。');
  },
  apply: (here, values) => judged(here, 'routine', reasonOf(values)),
  notices: toReporter('routine'),
  answer: ({ rules }, values) => [
    `理由记为「${reasonOf(values)}」；结论已反馈记录人，可直接归档。`,
    `记录人 ${rules.intercession.objectWithinDays} 日内可以提出异议。`,
  ],
};

/** 「咨询正常业务」 is one of the grounds; anything else is a reason of one's own. */
function groundIn(typed: string): RawValues {
  const said = typed.replace(/^(?:理由|补充说明)\s*[:：]\s*/u, '').trim();
  const same = Object.entries(ROUTINE_GROUNDS).find(([, label]) => said.replace(/[。.!！]+$/u, '') === label);
  if (same) return { ground: same[0] };
  return said === '' ? {} : { ground: 'other', reason: said };
}

/** @throws Refusal where a reason of one's own is announced and none is given */
function reasonOf({ ground, reason }: RawValues): string {
  const said = typeof reason === 'string' ? reason : '';
  if (ground !== 'other') {
    const label = ROUTINE_GROUNDS[ground as keyof typeof ROUTINE_GROUNDS];
    return said === '' ? label : `${label}：${said}`;
  }
  if (said !== '') return said;
  const sentence = '选「其他」时请写明理由';
  throw new Refusal('invalid-input', `${sentence}。`, { reason: sentence });
}

const beginScreening: Step = {
  name: 'begin-screening',
  check: notOwn,
  word: '开始甄别',
  help: '开始核对情况',
  from: ['accepted'],
  by: byOfficer,
  apply: () => ({ state: 'screening' }),
  notices: toReporter('screening'),
};

const screen: Step = {
  name: 'screen',
  check: notOwn,
  word: '甄别',
  help: '作出甄别结论：备查、登记、转线索或退回补正',
  from: ['accepted', 'screening'],
  by: byOfficer,
  readFirst: true,
  style: 'primary',
  fields: { conclusion: choiceField({ label: '甄别结论', options: CONCLUSIONS }), reason: longText('理由') },
  inline: 'reason',
  apply: (here, values) => judged(here, values.conclusion as Conclusion, String(values.reason)),
  notices: (here, { conclusion }) => {
    if (conclusion === 'returned')
      return [{ to: { part: 'reporter' }, content: wording.returned(here.entry) }];
    return toReporter(conclusion as Conclusion)(here);
  },
};

type Conclusion = keyof typeof CONCLUSIONS;

/** With 备查 the matter is answered, and with 退回补正 it waits for the reporter; what goes on is to be answered in time. */
function judged(here: Here, conclusion: Conclusion, reason: string): Result {
  const answer =
    conclusion === 'routine' ? { feedback: ROUTINE_FEEDBACK, answeredAt: here.at.toISOString() } : {};
  return {
    state: conclusion,
    dueOn: conclusion === 'inquiry' || conclusion === 'suspected' ? handleBy(here, here.today) : null,
    data: { ...here.data, conclusion },
    contents: contentsWith(here, { conclusionReason: reason, judgedBy: here.actor.id, ...answer }),
  };
}

/** 受理与甄别 */
export const triageMoves: readonly Step[] = [accept, setAside, screen, beginScreening];
