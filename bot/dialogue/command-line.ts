import { DONE } from '../../handlers/add-files.ts';
import type { Asking, Handler } from '../../handlers/define.ts';
import { splitRefs } from '../../handlers/move-targets.ts';
import { AmbiguousRef } from '../../ledger/ambiguous-ref.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { parse } from '../parse.ts';

/**
 * Whether somebody who could answer with any words asks for something else instead: a word that is whole by itself (我的整改),
 * or a word with the number of an entry that there is for him (签收 3-2). 「完成」 and 「有困难，经费不足」 are answers.
 */
export async function isCommandLine(asking: Asking, said: string): Promise<boolean> {
  const { handler, typed } = parse(said, asking.allowed);
  if (!handler || handler.words.includes(DONE)) return false;
  if (typed === '') return isWhole(handler);
  const [ref] = splitRefs(typed, true).refs;
  return ref !== undefined && isThere(asking, ref.replace(/@\d+$/u, ''));
}

const isWhole = ({ usage }: Handler): boolean => !usage.includes('<');

async function isThere({ entries }: Asking, ref: string): Promise<boolean> {
  try {
    await entries.get(ref);
    return true;
  } catch (fault) {
    if (fault instanceof Refusal) return fault instanceof AmbiguousRef;
    throw fault;
  }
}
