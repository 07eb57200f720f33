import { AmbiguousRef } from '../ambiguous-ref.ts';
import type { Entry } from '../define.ts';
import type { Entries } from '../entry.ts';
import { TAKEN_OUT } from '../taken-out.ts';
import { LEDGER } from './round-parts.ts';

/**
 * A number as people shorten it. 「3」 is problem 3, 「3-2」 its measure 2, of the one round that has it open. The Z of a whole
 * number may be left out too: where there are several rounds, 「3-2」 may also be problem 2 of Z3.
 * @param fits of what kind the entry has to be, where the word is about one kind only
 * @throws AmbiguousRef where several may be meant
 */
export async function expandRef(
  typed: string,
  entries: Entries,
  fits?: (entry: Entry) => boolean,
): Promise<string | undefined> {
  if (!/^\d{1,3}(-\d{1,3}){0,2}$/.test(typed)) return undefined;
  const found = await readings(typed, entries, fits);
  const meant = found.length > 0 ? found : await readings(typed, entries, fits, [TAKEN_OUT]);
  if (meant.length > 1) throw new AmbiguousRef(typed, meant);
  return meant[0]?.ref;
}

/** Of a round, a problem and a measure. */
const MOST_NUMBERS = 3;

async function readings(
  typed: string,
  entries: Entries,
  fits: (entry: Entry) => boolean = () => true,
  states?: readonly string[],
): Promise<Entry[]> {
  const of = { ledger: LEDGER, ...(states && { states }) };
  const isWhole = typed.split('-').length === MOST_NUMBERS;
  const ending = isWhole ? [] : await entries.list({ ...of, refEnd: `-${typed}` });
  const ofRounds = ending.filter((entry) => entry.ref.replace(/^Z\d+-/, '') === typed && fits(entry));
  const open = ofRounds.filter(({ closedAt }) => closedAt === null);
  const short = open.length > 0 ? open : ofRounds;
  // A plain number is a round only where no problem has it.
  if (!typed.includes('-') && short.length > 0) return short;
  const whole = (await entries.list({ ...of, refs: [`Z${typed}`] })).filter(fits);
  if (short.length === 0) return whole;
  return whole.length > 0 && (await areSeveralRounds(entries, [...short, ...whole]))
    ? [...short, ...whole]
    : short;
}

/** Whether anybody would write which round he means: several are open, or what may be meant stands in several. */
async function areSeveralRounds(entries: Entries, meant: readonly Entry[]): Promise<boolean> {
  if (new Set(meant.map(({ ref }) => ref.split('-')[0])).size > 1) return true;
  const rounds = await entries.list({ ledger: LEDGER, parentId: null, open: true }, { take: 2 });
  return rounds.length > 1;
}
