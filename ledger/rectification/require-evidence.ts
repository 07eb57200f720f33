import type { Situation } from '../define.ts';
import { Refusal } from '../refusal.ts';
import { type ItemData, itemData, type RectificationData } from './data.ts';

/** The files that prove something: of an item that was taken up again, only those that came afterwards. */
export function currentFiles({
  files = [],
  relapsedAt,
}: Pick<ItemData, 'files' | 'relapsedAt'>): NonNullable<ItemData['files']> {
  return relapsedAt === undefined ? files : files.filter(({ at }) => at > relapsedAt);
}

/**
 * 佐证: without so many files as the rules ask for, no closing is asked for.
 * @throws Refusal `wrong-state`, with the word that takes files
 */
export function requireEvidence({ entry, data, rules }: Situation<RectificationData, undefined>): void {
  const item = itemData(data);
  const { evidenceFiles, evidenceSource } = rules.rectification;
  const count = currentFiles(item).length;
  if (count >= evidenceFiles) return;
  const since = item.relapsedAt ? '反弹以后' : '';
  throw new Refusal(
    'wrong-state',
    `${entry.ref} ${since}有佐证文件 ${count} 个，申请销号前至少需要 ${evidenceFiles} 个（依据：${evidenceSource}）。`,
    {},
    [{ action: `补充佐证 ${entry.ref}`, label: '补充佐证', style: 'primary' }],
  );
}

/**
 * Where no file is asked for and none stands at the item, what proves it is said in words.
 * @param said what was filled in for 佐证说明
 * @throws Refusal `invalid-input`
 */
export function requireProof({ data }: Situation<RectificationData, undefined>, said: unknown): void {
  if (said !== undefined || currentFiles(itemData(data)).length > 0) return;
  const sentence = '没有佐证文件的，请写明佐证';
  throw new Refusal('invalid-input', `${sentence}。`, { evidence: sentence });
}
