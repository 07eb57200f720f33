import type { Asking } from '../handlers/define.ts';
import type { Content } from '../ledger/message.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { House } from './house.ts';
import { parse } from './parse.ts';

/** What the line shows to this person now; nothing where it shows him nothing any more. */
export async function view({ log }: House, asking: Asking, line: string): Promise<Content | undefined> {
  try {
    const { handler, typed } = parse(line, asking.allowed);
    return handler?.kind === 'query' ? await handler.answer(asking, typed) : undefined;
  } catch (fault) {
    if (!(fault instanceof Refusal)) log.error({ err: fault }, 'a card could not be shown anew');
    return undefined;
  }
}
