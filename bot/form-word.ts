import { ABANDON, SUBMIT } from '../handlers/draft.ts';
import { OPEN } from '../ledger/message.ts';

const DRAFT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the line is one of a form's two buttons, or asks for the way to its page. */
export function isFormWord(said: string): { word: 'submit' | 'abandon' | 'open'; id: string } | undefined {
  const [word, id] = said.split(/\s+/u, 2);
  if (id === undefined) return undefined;
  if (word === OPEN) return DRAFT_ID.test(id) ? { word: 'open', id } : undefined;
  if (word === SUBMIT) return { word: 'submit', id };
  return word === ABANDON ? { word: 'abandon', id } : undefined;
}
