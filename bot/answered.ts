import { type Content, headline } from '../ledger/message.ts';
import type { Inbound } from './platform.ts';
import type { Outcome } from './settle.ts';

/** What was done is said where it was asked for: on the card, in the chat; after a page, on the page and in the chat. */
export function answered({ kind, onPage }: Inbound, content: Content): Outcome {
  if (kind !== 'action') return { reply: content, answer: {} };
  return { ...(onPage && { reply: content }), answer: { toast: headline(content), card: content } };
}
