import { defineLedger, type Ledger } from '../../ledger/define.ts';
import { textField } from '../../ledger/form.ts';
import { intercession } from '../../ledger/intercession/intercession.ts';

/** A further ledger, which does what a test says where its form is opened, and where something is filed. */
export const brokenLedger = (does: Partial<Pick<Ledger['filing'] & object, 'intro' | 'file'>>): Ledger =>
  defineLedger({
    ...intercession,
    name: 'broken',
    title: '示例故障台账',
    moves: [],
    mine: { ...intercession.mine, word: '我的故障' },
    filing: {
      word: '示例故障',
      help: '示例',
      title: '示例故障',
      intro: () => [],
      fields: { content: textField({ label: '内容', max: 100 }) },
      async file() {
        throw new Error('nothing is filed here');
      },
      ...does,
    },
  });
