import type { Speaking } from '../define.ts';
import type { RawValues } from '../form.ts';
import { colleagueMeant, kindOfColleague } from './colleague-meant.ts';
import type { INTERCESSOR_KINDS } from './fields.ts';
import { ASKS_ME, KIND_WORDS } from './sentence-words.ts';
import { type Understood, understandSentence } from './understand-sentence.ts';

type Kind = keyof typeof INTERCESSOR_KINDS;

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

/**
 * What a sentence tells, with starting values for the choices on which it is silent.
 * @param known who says it, and the colleagues among whom a short name may be one person's
 */
export function understandReport(
  sentence: string,
  at: Date,
  timeZone: string,
  known?: Speaking,
): RawValues | undefined {
  const understood = understandSentence(sentence, at, timeZone);
  if (!understood) return undefined;
  const kind = kindTold(understood);
  const isFromOutside = kind !== undefined && kind !== 'colleague';
  return {
    ...START,
    ...(kind !== undefined && { intercessorKind: kind }),
    ...understood,
    ...(known && !isFromOutside && colleague(understood, known, kind)),
  };
}

function kindTold({ content }: Understood): Kind | undefined {
  const told = String(content ?? '').slice(0, LOOKED_AT);
  const [asks] = told.matchAll(ASKS_ME);
  const before = asks ? told.slice(0, asks.index + 1) : told;
  const found = KIND_WORDS.map(({ value, pattern }) => ({ value, index: before.search(pattern) }));
  const [first] = found.filter(({ index }) => index >= 0).sort((a, b) => a.index - b.index);
  return first?.value;
}

/** Somebody of the bureau: his name in full, and what he is to the speaker, where that was not said. */
function colleague(
  { content, intercessorName, intercessorPost }: Understood,
  known: Speaking,
  kind: Kind | undefined,
): RawValues {
  if (typeof intercessorName !== 'string') return {};
  const post = typeof intercessorPost === 'string' ? intercessorPost : undefined;
  const meant = colleagueMeant({ sentence: String(content), name: intercessorName, post }, known);
  const his = meant && (kind ?? kindOfColleague(meant, known.person));
  return { ...(meant && { intercessorName: meant.name }), ...(his && { intercessorKind: his }) };
}
