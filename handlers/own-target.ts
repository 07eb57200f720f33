import type { Entry } from '../ledger/define.ts';
import type { Action } from '../ledger/message.ts';
import { type LedgerMove, situationOf } from '../ledger/move.ts';
import { Refusal } from '../ledger/refusal.ts';
import { writeTargets } from '../ledger/target.ts';
import type { Asking } from './define.ts';
import type { Meant } from './move-targets.ts';

/** Entries that are looked at; of more, only so many are said to be there. */
const LOOKED_AT = 50;
/** Buttons, one for each entry that may be meant. */
const OFFERED = 5;
/** Signs that a button says again. */
const SAID_AGAIN = 200;
/** Signs of a title on its button. */
const TITLE_SHOWN = 12;

/** What a word without a number may be about. */
interface Choice {
  chosen: LedgerMove;
  /** Those with which the step could be taken now. */
  fit: Entry[];
  /** Those with which a rule forbids it, with the rule's words. */
  barred: { entry: Entry; why: Refusal }[];
}

/**
 * No number was typed: the one entry with which the person can take the step. What is meant is asked, never guessed; where a
 * rule forbids the step with the only one, its words are the answer.
 * @param rest what was typed behind the word: said again with the one that is chosen
 * @throws Refusal with all of them where there are several, and where the move has to be told which is meant
 */
export async function findOwn(asking: Asking, moves: readonly LedgerMove[], rest: string): Promise<Meant> {
  const [chosen] = moves;
  if (!chosen?.move.ownOne) throw noRef(moves);
  const choice = await choiceOf(asking, chosen);
  const { fit, barred } = choice;
  const [only, ...others] = fit.length > 0 ? fit : barred.map(({ entry }) => entry);
  if (!only) throw new Refusal('wrong-state', `您现在没有可以${stepOf(chosen)}。`);
  if (others.length === 0) return { found: [only], areAll: false, leftOut: [], toConfirm: [], isGuess: true };
  throw fit.length === 0 ? allBarred(choice) : whichOne(choice, asking.keepsBack ? '' : rest);
}

/** No number was typed, and none can be meant. */
export function noRef(moves: readonly LedgerMove[]): Refusal {
  const [{ ledger, move } = {} as LedgerMove] = moves;
  const sentence = `请写明编号：「${move.word} <编号>」。编号在相应的卡片上，也可发送「台账」查看。`;
  const states = ledger.contents || move.whole ? [] : move.from.slice(0, 1);
  const offers = states.map((state) => `台账 ${ledger.states[state]?.label ?? ''}`);
  return new Refusal(
    'invalid-input',
    sentence,
    {},
    offers.map((line) => ({ action: line, label: line })),
  );
}

async function choiceOf(asking: Asking, chosen: LedgerMove): Promise<Choice> {
  const { ledger, move } = chosen;
  const { entries, person } = asking;
  const byRole = move.by.roles?.some((role) => person.roles.includes(role)) ?? false;
  const own = { personId: person.id, parts: move.by.parts ?? [] };
  const filter = { ledger: ledger.name, states: move.from, ...(byRole ? { leaf: true } : own) };
  const found = await entries.list(filter, { skip: 0, take: LOOKED_AT, order: 'due' });
  const choice: Choice = { chosen, fit: [], barred: [] };
  for (const entry of found) {
    if (!entries.readable(entry)) continue;
    const why = whyNot(asking, chosen, entry);
    if (why) choice.barred.push({ entry, why });
    else choice.fit.push(entry);
  }
  return choice;
}

function whyNot(asking: Asking, { move }: LedgerMove, entry: Entry): Refusal | undefined {
  try {
    move.check?.(situationOf(asking, asking.person, entry));
    return undefined;
  } catch (fault) {
    if (fault instanceof Refusal) return fault;
    throw fault;
  }
}

/** What is sealed is a 记录, what stands in the open a 事项. */
const stepOf = ({ ledger, move }: LedgerMove): string =>
  ledger.contents ? `${move.word}的记录` : `「${move.word}」的事项`;

function whichOne({ chosen, fit }: Choice, rest: string): Refusal {
  const { ledger, move } = chosen;
  const again = ledger.contents || [...rest].length > SAID_AGAIN ? '' : ` ${rest}`;
  const shown = ledger.contents ? latest(fit) : fit.slice(0, OFFERED);
  const offers: Action[] = shown.map((entry) => ({
    action: `${move.word} ${writeTargets([entry])}${again}`.trim(),
    label: ledger.contents ? `${move.word} ${entry.ref}` : labelOf(entry),
  }));
  const all = { action: `${move.word} 全部`, label: `全部${move.word}` };
  const more = fit.length < LOOKED_AT ? '' : '以上';
  const what = `您有 ${fit.length} 条${more}可以${stepOf(chosen)}`;
  return new Refusal('invalid-input', `${what}，请选择，或写明编号：「${move.word} <编号>」。`, {}, [
    ...offers,
    ...(move.ownOne === 'or-all' && rest === '' ? [all] : []),
  ]);
}

/** As they were filed. */
const latest = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime()).slice(-OFFERED);

const labelOf = ({ ref, title }: Entry): string =>
  `${ref} ${[...title].length > TITLE_SHOWN ? `${[...title].slice(0, TITLE_SHOWN).join('')}…` : title}`;

/** Several, and a rule against each: the first one's words, and what may be done first with each. */
function allBarred({ chosen, barred }: Choice): Refusal {
  const { word } = chosen.move;
  const [first] = barred;
  const offers = barred.flatMap(({ entry, why }) =>
    why.offers.map((offer) => ({ ...offer, label: `${offer.label} ${entry.ref}` })),
  );
  const sentence = `您有 ${barred.length} 条现在都不能「${word}」，例如：${first?.why.message ?? ''}`;
  return new Refusal('wrong-state', sentence, {}, offers.slice(0, OFFERED));
}
