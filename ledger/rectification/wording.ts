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
export const assigned = (entry: Entry, dueOn: string, due = `整改时限：${dueOn}`): Content =>
  about('有新的整改事项', 'plain', item(entry, [due], [move('签收', entry, '签收', 'primary')]));

/** To a responsible person who has it already: its date or its 责任领导 changed. */
export const reassigned = (entry: Entry, dueOn: string, due = `整改时限：${dueOn}`): Content =>
  about('整改事项有调整', 'plain', item(entry, [`${due}。责任领导、责任人等请点「查看」。`], []));

/** To the 责任领导: he answers for something from now on. */
export const entrusted = (entry: Entry, dueOn: string, due = `整改时限：${dueOn}`): Content =>
  about('由您任责任领导的整改事项', 'plain', item(entry, [due], []));

/** To who answered for it before, by his work or as 责任领导: nothing is left for him to do. */
export const takenOver = (entry: Entry): Content => ({
  kind: 'notice',
  title: '整改事项已改由他人负责',
  tone: 'plain',
  sections: [{ lines: [`${entry.ref} ${short(entry.title)}`] }],
  actions: [],
});

/** To the 责任领导 and to who had asked for the closing: it came to others meanwhile. */
export const closingVoided = (entry: Entry): Content => ({
  kind: 'notice',
  title: '销号申请已作废',
  tone: 'yellow',
  sections: [
    {
      heading: `${entry.ref} ${short(entry.title)}`,
      lines: ['事项已重新指派，原销号申请和已作的审核、复核不再有效，须由现责任人重新申请。'],
    },
  ],
  actions: [],
});

/** To the 责任领导: somebody needs support. */
export const difficult = (entry: Entry, by: string, said: string): Content =>
  about('整改遇到困难', 'yellow', item(entry, [`${by}：${said}`], []));

/** To the 责任领导: somebody says it is done. */
export const applied = (
  entry: Entry,
  by: string,
  summary: string,
  toCheck: readonly string[] = [],
): Content =>
  about(
    '申请销号，请审核',
    'plain',
    item(
      entry,
      [`${by} 申请销号：${short(summary)}`, ...toCheck],
      [move('审核通过', entry, '审核通过', 'primary'), move('退回', entry)],
    ),
  );

/** To the 督查员: the 责任领导 found it done. */
export const reviewed = (entry: Entry, by: string, toCheck: readonly string[] = []): Content =>
  about(
    '销号待复核',
    'plain',
    item(
      entry,
      [`责任领导 ${by} 已审核通过，请督查复核。`, ...toCheck],
      [move('复核通过', entry, '复核通过', 'primary'), move('退回', entry)],
    ),
  );

/** To the responsible persons and the 责任领导: it is closed. */
export const closed = (entry: Entry, line: string): Content =>
  about('整改事项已销号', 'green', item(entry, [line], []));

/** To the responsible persons: only the meeting is missing. */
export const awaitsMeeting = (entry: Entry): Content =>
  about('督查复核通过，待党组会审定', 'plain', item(entry, ['党组会审定后销号，无需再办理。'], []));

/** To the responsible persons: not yet. */
export const returned = (entry: Entry, by: string, reason: string): Content =>
  about(
    '整改事项被退回补正',
    'yellow',
    item(
      entry,
      [`${by} 退回：${reason}`],
      [move('进展', entry), move('补充佐证', entry), move('申请销号', entry, '重新申请销号')],
    ),
  );

/** To the 责任领导: more time is asked for. */
export const deferralAsked = (entry: Entry, said: string[]): Content =>
  about(
    '申请延期，请审批',
    'plain',
    item(entry, said, [move('准予延期', entry, '准予延期', 'primary'), move('不予延期', entry)]),
  );

/** To the responsible persons: how it was decided. */
export const deferralDecided = (entry: Entry, granted: boolean, note: string): Content =>
  about(granted ? '延期已批准' : '延期未批准', granted ? 'green' : 'yellow', item(entry, [note], []));

/** To those who prepare the published report: it may go out. */
export const signedOff = ({ ref, title }: Entry, by: string): Content => ({
  kind: 'notice',
  title: '整改通报已签发',
  tone: 'green',
  sections: [
    {
      heading: `${ref} ${short(title)}`,
      lines: [`${by} 已签发，可以下载公布。`],
      actions: [{ action: `通报 ${ref}`, label: '通报' }],
    },
  ],
  actions: [],
});

/** To the 责任领导: it cannot be done for now, somebody says. */
export const stallAsked = (entry: Entry, by: string, until: string, reason: string): Content =>
  about(
    '申请列为暂难整改，请审批',
    'yellow',
    item(
      entry,
      [`${by} 申请列为暂难整改，预计 ${until} 恢复：${reason}`],
      [move('同意暂难', entry, '同意暂难', 'primary'), move('不同意暂难', entry)],
    ),
  );

/** To the responsible persons: how it was decided. */
export const stallDecided = (entry: Entry, granted: boolean, note: string): Content =>
  about(
    granted ? '已同意列为暂难整改' : '未同意列为暂难整改',
    granted ? 'plain' : 'yellow',
    item(entry, [note], []),
  );

/** To the 督查员: an item is set aside. */
export const stalled = (entry: Entry, stall: { reason: string; until: string } | undefined): Content =>
  about(
    '整改事项列为暂难整改',
    'plain',
    item(entry, [`原因：${stall?.reason ?? ''}`, `预计恢复：${stall?.until ?? ''}`], []),
  );

/** To the responsible persons: it is taken up again. */
export const resumed = (entry: Entry, dueOn: string): Content =>
  about('整改事项恢复整改', 'plain', item(entry, [`整改时限：${dueOn}`], [move('进展', entry)]));

/** To whose words they are: what was written down of a telephone call. */
export const phoned = (entry: Entry, by: string, said: string): Content =>
  about(
    '已记录您的电话答复',
    'plain',
    item(entry, [`${by} 记录：${said}`, '与您所说不一致的，请直接报进展或告知督查员。'], []),
  );

/** To the responsible persons and the 责任领导: it was looked into. */
export const checked = (entry: Entry, by: string, how: string, findings: string): Content =>
  about('督查核查情况', 'plain', item(entry, [`${by} ${how}：${findings}`], []));

/** To the responsible persons: it has lasted. */
export const consolidated = (entry: Entry, findings: string): Content =>
  about('回头看：整改成效已巩固', 'green', item(entry, [findings], []));

/** To the responsible persons and the 责任领导, who brings no evidence: it has to be taken up again. */
export const relapsed = (entry: Entry, findings: string, dueOn: string, part: string): Content =>
  about(
    '回头看：问题反弹，重新整改',
    'red',
    item(
      entry,
      [`核查情况：${findings}`, `新时限：${dueOn}；再次销号须补充新的佐证。`],
      part === 'responsible' ? [move('补充佐证', entry)] : [],
    ),
  );
