import { Refusal } from '../../refusal.ts';
import { type Before, type ItemData, itemData } from '../data.ts';
import type { Here } from './step.ts';

/**
 * The answer to 周督查 that a request is about to take the place of.
 * @throws Refusal while another request waits: whoever decided on it, or took one back, could not tell which is meant
 */
export function answerBefore({ entry, data, actor }: Here): Before {
  const { weekly, difficulty, deferral, stall } = itemData(data);
  const waiting = deferral ? `延期至 ${deferral.to}` : stall && '列为暂难整改';
  if (waiting) {
    const isOwn = (deferral ?? stall)?.by === actor.id;
    const sentence = `${entry.ref} 已申请${waiting}，正等责任领导审批；请先由申请人「撤回申请」，或等待审批。`;
    const offer = { action: `撤回申请 ${entry.ref}`, label: '撤回申请' };
    throw new Refusal('wrong-state', sentence, {}, isOwn ? [offer] : []);
  }
  return { ...(weekly && { weekly }), ...(difficulty && { difficulty }) };
}

/**
 * The item with the answer of before the request. What was answered and told since then stays: only what the request itself
 * said goes with it.
 * @param own whether the latest answer, and the latest difficulty, is what the request said
 */
export function withAnswerBefore(
  item: ItemData,
  before: Before | undefined,
  own: { answer: boolean; difficulty?: boolean },
): ItemData {
  // The request was made before any of this was kept.
  if (!before) return item;
  const { weekly, difficulty, ...rest } = item;
  const answer = own.answer ? before.weekly : weekly;
  const told = own.difficulty ? before.difficulty : difficulty;
  return { ...rest, ...(answer && { weekly: answer }), ...(told && { difficulty: told }) };
}
