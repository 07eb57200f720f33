import type { Entry } from '../define.ts';
import { type Action, type Content, type NoticeContent, showLine } from '../message.ts';
import { receiptSection } from '../receipt/receipt-section.ts';
import { ownerLabel } from '../state-label.ts';
import type { REVIEW } from './contents.ts';
import { STATES, type StateName } from './states.ts';

const notice = (ref: string, title: string, lines: string[], actions: Action[]): NoticeContent => ({
  kind: 'notice',
  title,
  tone: 'plain',
  sections: [{ lines }],
  actions,
  refresh: showLine(ref),
});

/** To the reporter: the receipt. */
export function receipt(
  ref: string,
  recordedAt: string,
  given: {
    late: boolean;
    keepsNobodyAway: boolean;
    turnTo?: string;
    receipt: string;
    followed: readonly string[];
  },
): Content {
  const card = notice(
    ref,
    `已收到您的记录 ${ref}`,
    [
      `登记时间：${recordedAt}${given.late ? '（补报）' : ''}`,
      `回执号：${ref}。请记下此号，随时可发送「核验 ${ref}」确认记录完好。`,
      '内容已加密保存，只有受理人员可以查看；文中写出姓名的本局人员及申请回避的人看不到这条记录。',
      ...(given.keepsNobodyAway
        ? ['您写的申请回避对象没有对应到本局人员，请核对，可用「补正」或请受理人员认定。']
        : []),
      ...(given.turnTo === undefined
        ? []
        : [`本局受理人员按您所写都需回避，本记录已存证；请您另向${given.turnTo}反映。`]),
      ...given.followed,
      '按规定如实记录受保护。每一步进展都会告诉您。',
    ],
    [
      { action: `查看 ${ref}`, label: '查看' },
      { action: '我的报告', label: '我的报告' },
    ],
  );
  return { ...card, sections: [...card.sections, receiptSection(given.receipt)] };
}

/** To the receivers: a number and a state, no content. */
export const filed = (entry: Entry): Content =>
  notice(
    entry.ref,
    '有新的说情打招呼记录',
    [`${entry.ref} 已提交，请受理。`],
    [
      { action: `受理 ${entry.ref}@${entry.version}`, label: '受理', style: 'primary' },
      { action: `查看 ${entry.ref}`, label: '查看' },
      { action: `备查 ${entry.ref}@${entry.version}`, label: '备查' },
    ],
  );

/** To who receives it in place of others: why it comes to him is not said. */
export const routed = (entry: Entry, state: string): Content =>
  notice(
    entry.ref,
    '说情打招呼记录转由您受理',
    [`${entry.ref} 现为「${state}」，请查看并办理。`],
    [{ action: `查看 ${entry.ref}`, label: '查看' }],
  );

/** To the receivers: the reporter supplied what was asked for. */
export const supplemented = (entry: Entry): Content =>
  notice(
    entry.ref,
    '说情打招呼记录已补正',
    [`${entry.ref} 已补正，请受理。`],
    [
      { action: `受理 ${entry.ref}`, label: '受理', style: 'primary' },
      { action: `查看 ${entry.ref}`, label: '查看' },
    ],
  );

/** To the receivers: files came to it. */
export const evidenceAdded = (entry: Entry): Content =>
  notice(
    entry.ref,
    '说情打招呼记录有补充佐证',
    [`${entry.ref} 补充了佐证，点「查看」了解。`],
    [{ action: `查看 ${entry.ref}`, label: '查看' }],
  );

/** To the receivers: the reporter took it back. */
export const withdrawn = (entry: Entry): Content =>
  notice(entry.ref, '说情打招呼记录已撤回', [`${entry.ref} 已由记录人撤回，留痕备查。`], []);

/** To the reporter: his record moved. */
export const progressed = (entry: Entry, state: string): Content =>
  notice(
    entry.ref,
    '您的记录有新进展',
    [`${entry.ref} 现为「${state}」。`],
    [{ action: `查看 ${entry.ref}`, label: '查看' }],
  );

/** To the reporter: something is missing. */
export const returned = (entry: Entry): Content =>
  notice(
    entry.ref,
    '您的记录需要补正',
    [`${entry.ref} 需要补充说明，点「查看」了解需要补充什么。`],
    [
      { action: `补正 ${entry.ref}`, label: '补正', style: 'primary' },
      { action: `查看 ${entry.ref}`, label: '查看' },
    ],
  );

/** To the reporter: what came of it, and that he may object. */
export const answered = (entry: Entry, objectWithinDays: number): Content =>
  notice(
    entry.ref,
    '您的记录有新进展',
    [
      `${entry.ref} 现为「${ownerLabel(STATES.answered)}」。`,
      `点「查看」了解反馈；如有异议，${objectWithinDays} 日内可发送「异议 ${entry.ref}」。`,
    ],
    [{ action: `查看 ${entry.ref}`, label: '查看' }],
  );

/** To the reporter: an officer wants to know more. */
export const asked = (entry: Entry): Content =>
  notice(
    entry.ref,
    '受理人员有问题想请您回复',
    [`${entry.ref} 有新的追问，点「回复」查看并填写。`],
    [
      { action: `回复 ${entry.ref}`, label: '回复', style: 'primary' },
      { action: `查看 ${entry.ref}`, label: '查看' },
    ],
  );

/** To who asked: there is an answer. */
export const replied = (entry: Entry): Content =>
  notice(
    entry.ref,
    '记录人已回复追问',
    [`${entry.ref} 的追问已有回复。`],
    [{ action: `查看 ${entry.ref}`, label: '查看', style: 'primary' }],
  );

/** To the 派驻纪检组, or the level above: it is theirs from now on. */
export const handedOver = (entry: Entry, how: '移送' | '上报' | '转请'): Content =>
  notice(
    entry.ref,
    '有说情打招呼记录转来',
    [`${entry.ref} 已${how}，现请您接办。`],
    [{ action: `查看 ${entry.ref}`, label: '查看', style: 'primary' }],
  );

/** To who had found whom it means: another officer found otherwise. */
export const findingCorrected = (entry: Entry): Content =>
  notice(
    entry.ref,
    '您作出的认定已更正',
    [`${entry.ref} 的一项认定已由另一名受理人员更正。`],
    [{ action: `查看 ${entry.ref}`, label: '查看' }],
  );

/** To the reporter: by what came to it since, others have it. */
export const passedToOthers = (entry: Entry, levels: string): Content =>
  notice(
    entry.ref,
    '您的记录已转由其他受理人员办理',
    [`${entry.ref} 的原受理人员需回避，现由${levels}办理。`],
    [{ action: `查看 ${entry.ref}`, label: '查看' }],
  );

/** To the reporter: nobody here may handle it any more. */
export const nobodyLeft = (entry: Entry, upperLevel: string): Content =>
  notice(
    entry.ref,
    '您的记录需要另行反映',
    [`${entry.ref} 的受理人员现都需回避，记录已存证；请您另向${upperLevel}反映。`],
    [{ action: `查看 ${entry.ref}`, label: '查看' }],
  );

/** To who may decide on the objection. */
export const objected = (entry: Entry): Content =>
  notice(
    entry.ref,
    '有异议等待复核',
    [`${entry.ref} 复核中，请作出复核结论。`],
    [
      { action: `复核 ${entry.ref}`, label: '复核', style: 'primary' },
      { action: `查看 ${entry.ref}`, label: '查看' },
    ],
  );

/** What follows for the reporter of 复核结论. */
const REVIEWED = {
  upheld: { result: '维持原结论', state: 'answered', next: '点「查看」了解复核意见。' },
  anew: { result: '将重新甄别', state: 'screening', next: '重新甄别后的结果会再告诉您。' },
} as const satisfies Readonly<
  Record<keyof typeof REVIEW, { result: string; state: StateName; next: string }>
>;

/** To the reporter: his objection was decided, and how. */
export const reviewed = (entry: Entry, decided: keyof typeof REVIEW): Content =>
  notice(
    entry.ref,
    '您的异议已复核',
    [
      `${entry.ref} 的复核结论：${REVIEWED[decided].result}，现为「${ownerLabel(STATES[REVIEWED[decided].state])}」。`,
      REVIEWED[decided].next,
    ],
    [{ action: `查看 ${entry.ref}`, label: '查看' }],
  );

/** To who may decide it: an officer asks to read an archived record. */
export const unsealingAsked = (entry: Entry): Content =>
  notice(
    entry.ref,
    '有归档记录申请解封',
    [`${entry.ref} 已申请解封，点「查看」了解理由。`],
    [
      { action: `批准解封 ${entry.ref}`, label: '批准解封', style: 'primary' },
      { action: `驳回解封 ${entry.ref}`, label: '驳回解封' },
      { action: `查看 ${entry.ref}`, label: '查看' },
    ],
  );

/** To who asked for it. */
export const unsealingDecided = (entry: Entry, isGranted: boolean, days: number): Content =>
  notice(
    entry.ref,
    isGranted ? '解封申请已批准' : '解封申请未获批准',
    [isGranted ? `${entry.ref} 对您开放 ${days} 日。` : `${entry.ref} 的解封申请未获批准。`],
    [{ action: `查看 ${entry.ref}`, label: '查看' }],
  );
