import { LarkFailure } from './lark-failure.ts';

const isPassing = (fault: unknown): boolean =>
  fault instanceof LarkFailure && !fault.lasting && fault.waitMs === undefined;

/** Somebody waits: what failed in passing is tried again at once, before whoever asked for it hears of it. */
export async function insisting<T>(urgent: boolean, once: () => Promise<T>): Promise<T> {
  try {
    return await once();
  } catch (fault) {
    if (!urgent || !isPassing(fault)) throw fault;
    return once();
  }
}
