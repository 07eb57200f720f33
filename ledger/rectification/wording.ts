import type { Entry } from '../define.ts';
import { type Action, type Content, type Section, showLine, type Tone } from '../message.ts';

const SHOWN = 48;

/** As much of a title as a list can bear. */
export const short = (title: string): string => {
  const signs = [...title];
  return signs.length > SHOWN ? `${signs.slice(0, SHOWN).join('')}…` : title;
};

/** An ISO week for people: 2026-W48 → 2026年第48周. */
export const weekForPeople = (week: string): string => week.replace(/^(\d+)-W0?(\d+)$/, '$1年第$2周');

const about = (title: string, tone: Tone, { ref, ...section }: Item): Content => ({
  kind: 'notice',
  title,
  tone,
  sections: [section],
  actions: [],
  refresh: showLine(ref),
});

/** The section about one item, and the item's ref. */
type Item = Section & { ref: string };

const item = (entry: Entry, lines: string[], actions: Action[]): Item => ({
  ref: entry.ref,
  heading: `${entry.ref} ${short(entry.title)}`,
  lines,
  actions: [...actions, { action: showLine(entry.ref), label: '查看' }],
});

const move = (word: string, entry: Entry, label = word, style?: Action['style']): Action => ({
  action: `${word} ${entry.ref}`,
  label,
  ...(style && { style }),
});

/** To the responsible persons: something was assigned to them. */
export const assigned = (entry: Entry, dueOn: string): Content =>
  about(
    '有新的整改事项',
    'plain',
    item(entry, [`整改时限：${dueOn}`], [move('签收', entry, '签收', 'primary')]),
  );

/** To a responsible person who has it already: its date or its 责任领导 changed. */
export const reassigned = (entry: Entry, dueOn: string): Content =>
  about('整改事项有调整', 'plain', item(entry, [`整改时限：${dueOn}。责任领导、责任人等请点「查看」。`], []));

/** To the 责任领导: he answers for something from now on. */
export const entrusted = (entry: Entry, dueOn: string): Content =>
  about('由您任责任领导的整改事项', 'plain', item(entry, [`整改时限：${dueOn}`], []));

/** To who answered for it before, by his work or as 责任领导: nothing is left for him to do. */
export const takenOver = (entry: Entry): Content => ({
  kind: 'notice',
  title: '整改事项已改由他人负责',
  tone: 'plain',
  sections: [{ lines: [`${entry.ref} ${short(entry.title)}`] }],
  actions: [],
});

/** To the 责任领导: somebody needs support. */
export const difficult = (entry: Entry, by: string, said: string): Content =>
  about('整改遇到困难', 'yellow', item(entry, [`${by}：${said}`], []));

/** To the 责任领导: somebody says it is done. */
export const applied = (entry: Entry, by: string, summary: string): Content =>
  about(
    '申请销号，请审核',
    'plain',
    item(
      entry,
      [`${by} 申请销号：${short(summary)}`],
      [move('审核通过', entry, '审核通过', 'primary'), move('退回', entry)],
    ),
  );

/** To the 督查员: the 责任领导 found it done. */
export const reviewed = (entry: Entry, by: string): Content =>
  about(
    '销号待复核',
    'plain',
    item(
      entry,
      [`责任领导 ${by} 已审核通过，请督查复核。`],
      [move('复核通过', entry, '复核通过', 'primary'), move('退回', entry)],
    ),
  );

/** To the responsible persons and the 责任领导: it is closed. */
export const closed = (entry: Entry): Content =>
  about('整改事项已销号', 'green', item(entry, ['督查复核通过，已销号。'], []));

/** To the responsible persons: not yet. */
export const returned = (entry: Entry, by: string, reason: string): Content =>
  about(
    '整改事项被退回补正',
    'yellow',
    item(entry, [`${by} 退回：${reason}`], [move('进展', entry), move('申请销号', entry, '重新申请销号')]),
  );

/** To the 责任领导: more time is asked for. */
export const deferralAsked = (entry: Entry, by: string, to: string, reason: string): Content =>
  about(
    '申请延期，请审批',
    'plain',
    item(
      entry,
      [`${by} 申请延期至 ${to}：${reason}`],
      [move('准予延期', entry, '准予延期', 'primary'), move('不予延期', entry)],
    ),
  );

/** To the responsible persons: how it was decided. */
export const deferralDecided = (entry: Entry, granted: boolean, note: string): Content =>
  about(granted ? '延期已批准' : '延期未批准', granted ? 'green' : 'yellow', item(entry, [note], []));
