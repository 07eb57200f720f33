import type { RawValues } from '../form.ts';
import { ASKS_ME, KIND_WORDS } from './sentence-words.ts';
import { type Understood, understandSentence } from './understand-sentence.ts';

/** Characters in which it is looked for who asks. */
const LOOKED_AT = 300;

/**
 * What stands in the choices of the form where nothing better is known, so that little is left to be chosen. All of it is
 * shown, and can be changed before it is sent. What the reporter answered on the spot is never presumed.
 */
export const START: RawValues = {
  channel: 'other',
  intercessorKind: 'unknown',
  stage: 'other',
  circumstances: ['other'],
};

/** What a sentence tells, with starting values for the choices on which it is silent. */
export function understandReport(sentence: string, at: Date, timeZone: string): RawValues | undefined {
  const understood = understandSentence(sentence, at, timeZone);
  return understood && { ...START, ...kindOf(understood), ...understood };
}

function kindOf({ content }: Understood): RawValues {
  const told = String(content ?? '').slice(0, LOOKED_AT);
  const [asks] = told.matchAll(ASKS_ME);
  const before = asks ? told.slice(0, asks.index + 1) : told;
  const found = KIND_WORDS.map(({ value, pattern }) => ({ value, index: before.search(pattern) }));
  const [first] = found.filter(({ index }) => index >= 0).sort((a, b) => a.index - b.index);
  return first ? { intercessorKind: first.value } : {};
}
