import type { Entry } from '../../../ledger/define.ts';
import type { Content, NoticeContent } from '../../../ledger/message.ts';

const notice = (title: string, line: string, actions: NoticeContent['actions']): Content => ({
  kind: 'notice',
  title,
  tone: 'plain',
  sections: [{ lines: [line] }],
  actions,
});

/** To who reported. */
export const received = ({ ref }: Entry): Content =>
  notice(`已收到报备 ${ref}`, '备案后方可实施。', [{ action: '我的报备', label: '我的报备' }]);

/** To the 纪检监察员. */
export const waiting = ({ ref, version }: Entry): Content =>
  notice('有新的报备', `${ref} 待备案。`, [
    { action: `备案 ${ref}@${version}`, label: '备案', style: 'primary' },
    { action: `查看 ${ref}`, label: '查看' },
  ]);

/** To who reported. */
export const filed = ({ ref }: Entry): Content => notice('报备已备案', `${ref} 可以实施。`, []);
