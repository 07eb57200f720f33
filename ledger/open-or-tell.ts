import { SealBroken } from './seal.ts';
import type { Store } from './store.ts';

/** In the place of what does not open. */
export const DOES_NOT_OPEN = '内容无法打开，已告知管理员';

/**
 * What `open` gives. Where the seal is broken, nothing: the operator is told with the record's name, and whoever goes
 * through many records goes on with the others.
 */
export function openOrTell<T>(
  { sealBroken }: Pick<Store, 'sealBroken'>,
  record: string,
  open: () => T,
): T | undefined {
  try {
    return open();
  } catch (fault) {
    if (!(fault instanceof SealBroken)) throw fault;
    sealBroken(record, fault.why);
    return undefined;
  }
}
