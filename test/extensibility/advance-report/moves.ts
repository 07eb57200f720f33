import type { Move } from '../../../ledger/define.ts';
import { textField } from '../../../ledger/form.ts';
import type { AdvanceContents, AdvanceData } from './fields.ts';
import * as wording from './wording.ts';

type Step = Move<AdvanceData, AdvanceContents>;

export const moves: readonly Step[] = [
  {
    name: 'put-on-record',
    word: '备案',
    help: '对报备事项出具意见并备案',
    from: ['reported'],
    by: { roles: ['discipline'] },
    style: 'primary',
    fields: { opinion: textField({ label: '备案意见', max: 500 }) },
    inline: 'opinion',
    apply: ({ contents }, { opinion }) => ({
      state: 'filed',
      contents: { ...contents, opinion: String(opinion) },
    }),
    notices: ({ entry }) => [{ to: { part: 'reporter' }, content: wording.filed(entry) }],
  },
  {
    name: 'finish',
    word: '实施完毕',
    help: '报告实施完毕',
    from: ['filed'],
    by: { parts: ['reporter'] },
    apply: () => ({ state: 'finished' }),
  },
];
