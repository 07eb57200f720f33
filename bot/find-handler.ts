import { codeElsewhere } from '../handlers/binding.ts';
import type { Asking, Handler } from '../handlers/define.ts';
import { usefulTo } from '../handlers/define.ts';
import { isRef } from '../ledger/entry.ts';
import type { RawValues } from '../ledger/form.ts';
import { showLine } from '../ledger/message.ts';
import { isMeantAsReceipt } from '../ledger/receipt/find-receipts.ts';
import { VERIFY } from '../ledger/receipt/receipt-section.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { House } from './house.ts';
import { STILL_THERE } from './kept-off-chat.ts';
import { parse } from './parse.ts';
import type { Inbound } from './platform.ts';
import { notPermitted, notUnderstood } from './suggest.ts';

/** What is asked for. */
export interface Request {
  handler: Handler;
  typed: string;
  understood?: RawValues;
}

/**
 * The handler whose word was said, or whose business a sentence seems to be.
 * @throws Refusal `unknown-word`, and `not-permitted` where the word is not for this person
 */
export async function findHandler(
  house: House,
  inbound: Inbound,
  asking: Asking,
  said: string,
): Promise<Request> {
  const { handler, typed } = parse(said, house.handlers);
  if (handler) {
    if (handler.may(asking.person)) return { handler, typed };
    throw notPermitted(handler.words[0] ?? '', said, await usefulTo(asking));
  }
  const { timeZone } = asking.store.calendar;
  for (const command of asking.allowed) {
    const understood = command.kind === 'command' && command.understand?.(said, inbound.at, timeZone, asking);
    if (understood) return { handler: command, typed: '', understood };
  }
  for (const query of asking.allowed) {
    const understood = query.kind === 'query' ? query.understand?.(said, asking) : undefined;
    if (understood !== undefined) return { handler: query, typed: understood };
  }
  if (isRef(said)) return findHandler(house, inbound, asking, showLine(said));
  if (isMeantAsReceipt(said)) return findHandler(house, inbound, asking, `${VERIFY} ${said}`);
  throw codeElsewhere(said, asking) ?? notUnderstood(said, await usefulTo(asking), asking.keepsBack);
}

/**
 * What seems to be said for a confidential command, though any words could be an answer.
 * @returns its word, what it is about, and what is said besides
 */
export function reportMeant(
  inbound: Inbound,
  asking: Asking,
  said: string,
): { word: string; group: string; notes: string[] } | undefined {
  const { timeZone } = asking.store.calendar;
  const worded = parse(said, asking.allowed);
  for (const command of asking.allowed) {
    if (command.kind !== 'command' || !command.sealed || !command.understand) continue;
    const isWorded = worded.handler === command && worded.typed !== '';
    if (!isWorded && !command.understand(said, inbound.at, timeZone, asking)) continue;
    const [word = ''] = command.words;
    return { word, group: command.group, notes: asking.keepsBack ? [STILL_THERE] : [] };
  }
  return undefined;
}

/** Whether there is anything that the person may ask for with these words. */
export async function isUnderstood(
  house: House,
  inbound: Inbound,
  asking: Asking,
  said: string,
): Promise<boolean> {
  try {
    await findHandler(house, inbound, asking, said);
    return true;
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}
