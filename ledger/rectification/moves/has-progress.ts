import type { ItemData } from '../data.ts';

/** Whether anything was done about the item, or asked for: an answer 「按计划」 is none, nor is another date. */
export const hasProgress = (item: ItemData): boolean =>
  [
    ...[item.progress, item.difficulty, item.application, item.withdrawn, item.deferral, item.stall],
    ...[item.earlierClosings, item.lookBackOn, item.returnReason, item.files?.at(0)],
  ].some((said) => said !== undefined);
