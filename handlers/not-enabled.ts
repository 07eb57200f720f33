import { Refusal } from '../ledger/refusal.ts';
import type { Query } from './define.ts';

/** Words of duties whose ledger this version does not keep: they are known, and said not to be here. */
const DUTIES: Readonly<Record<string, string>> = {
  报备: '重点工作报备尚未启用，请按原有书面程序报备。',
  履责清单: '履责清单尚未启用。',
  查诚信: '科研诚信查询尚未启用，请向科技监督与诚信建设部门查询。',
};

export const notEnabled: readonly Query[] = Object.entries(DUTIES).map(([word, sentence]) => ({
  kind: 'query',
  name: `not-enabled.${word}`,
  words: [word],
  usage: word,
  help: '尚未启用',
  group: '其他',
  may: () => true,
  relevant: async () => false,
  async answer() {
    throw new Refusal('not-enabled', sentence);
  },
}));
