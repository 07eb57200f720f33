import type { EntryStep } from '../entry.ts';
import { moves } from './moves.ts';
import { noteOf } from './note.ts';
import { LEDGER } from './round-parts.ts';

/** 督查记录: the steps by which it was seen to that something is put right (S3 「督查台账」); what was asked for and decided is none. */
const SUPERVISING = [
  ...['progress', 'as-planned', 'difficulty', 'phone'],
  ...['check', 'confirm', 'object', 'consolidate', 'relapse'],
] as const;

/** As the chain calls them. */
export const SUPERVISION_STEPS: readonly string[] = SUPERVISING.map((name) => `${LEDGER}.${name}`);

/** What was done, and what was said with it. */
export function supervisionLine({ action, values, isBroken }: EntryStep): string {
  const word = moves.find(({ name }) => `${LEDGER}.${name}` === action)?.word ?? action;
  const note = isBroken ? undefined : noteOf(values);
  return note === undefined ? word : `${word}：${note}`;
}
