import type { Entry } from '../define.ts';
import { type Action, type Content, type NoticeContent, showLine } from '../message.ts';

const notice = (ref: string, title: string, lines: string[], actions: Action[]): NoticeContent => ({
  kind: 'notice',
  title,
  tone: 'plain',
  sections: [{ lines }],
  actions,
  refresh: showLine(ref),
});

/** To the reporter: the receipt. */
export const receipt = (
  ref: string,
  recordedAt: string,
  { late, isReceived }: { late: boolean; isReceived: boolean },
): Content =>
  notice(
    ref,
    `已收到您的记录 ${ref}`,
    [
      `登记时间：${recordedAt}${late ? '（补报）' : ''}`,
      `回执号：${ref}。请记下此号，随时可发送「核验 ${ref}」确认记录完好。`,
      '内容已加密保存，只有受理人员可以查看；文中写出姓名的本局人员及申请回避的人看不到这条记录。',
      ...(isReceived ? [] : ['本局受理人员按您所写都需回避，本记录已存证；请您另向上级纪检监察机构反映。']),
      '按规定如实记录受保护。每一步进展都会告诉您。',
    ],
    [
      { action: `查看 ${ref}`, label: '查看' },
      { action: '我的报告', label: '我的报告' },
    ],
  );

/** To the receivers: a number and a state, no content. */
export const filed = (entry: Entry): Content =>
  notice(
    entry.ref,
    '有新的说情打招呼记录',
    [`${entry.ref} 已提交，请受理。`],
    [
      { action: `受理 ${entry.ref}@${entry.version}`, label: '受理', style: 'primary' },
      { action: `查看 ${entry.ref}`, label: '查看' },
    ],
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
