import type { Situation } from '../../define.ts';
import type { Operation } from '../../operation.ts';
import { type ItemData, itemData, type RectificationData, type Signal } from '../data.ts';
import { currentFiles } from '../require-evidence.ts';

type Here = Situation<RectificationData, undefined>;

/**
 * Whether who lets a closing pass has opened any file since the latest of them came: his own readings, which the chain has.
 * It is said to who decides next, and decides nothing: he may have seen the paper.
 * @param act what he is about to do: 审核通过, 复核通过
 */
export async function unopened(operation: Operation, here: Here, act: string): Promise<Signal[]> {
  const { entry, actor, today } = here;
  const files = currentFiles(itemData(here.data));
  if (files.length === 0) return [];
  const latest = files.map(({ at }) => at).reduce((one, other) => (one > other ? one : other));
  const { readings } = await operation.entries.readings(entry.ref);
  if (readings.some(({ personId, at }) => personId === actor.id && at >= new Date(latest))) return [];
  return [
    { kind: 'unopened', found: `${actor.name} ${today} ${act}，自最近一份佐证附上后没有打开过佐证文件` },
  ];
}

/** The item with what was found while its closing is decided on. */
export function withSignals(item: ItemData, found: unknown): ItemData {
  const { application } = item;
  if (!application || !Array.isArray(found) || found.length === 0) return item;
  return { ...item, application: { ...application, signals: [...(application.signals ?? []), ...found] } };
}
