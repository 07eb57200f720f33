import type { Entry, Ledger, Move } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import type { Fields, RawValues } from '../ledger/form.ts';
import type { Action, Content } from '../ledger/message.ts';
import { findTarget, type LedgerMove, type Moved, makeMove, situationOf } from '../ledger/move.ts';
import { stateLabel } from '../ledger/state-label.ts';
import { readTargets, writeTargets } from '../ledger/target.ts';
import type { Asking, Command, Plan } from './define.ts';
import { foretold, passing, requireSure, sureField, sureOf } from './foretelling.ts';
import { lookingOnly } from './looking-only.ts';
import { findAll, type Meant, moveFor, splitRefs } from './move-targets.ts';
import { findOwn, noRef } from './own-target.ts';
import { requireRead, shownInstead, unreadOf } from './read-first.ts';
import { requireAlive } from './require-alive.ts';
import { changesOf } from './to-confirm.ts';
import { readTyped } from './typed-fields.ts';

/** One command for each word that moves entries, whatever the ledger: 「签收 3-2」, 「指派 3-1,3-2 …」. */
export function moveCommands(ledgers: readonly Ledger[]): Command[] {
  const byWord = new Map<string, LedgerMove[]>();
  for (const ledger of ledgers) {
    for (const move of ledger.moves)
      byWord.set(move.word, [...(byWord.get(move.word) ?? []), { ledger, move }]);
  }
  return [...byWord.values()].map(moveCommand);
}

function moveCommand(moves: LedgerMove[]): Command {
  const [{ ledger, move } = {} as LedgerMove] = moves;
  return {
    kind: 'command',
    name: `move.${ledger.name}.${move.name}`,
    words: [move.word, ...(move.also ?? [])],
    ...(move.alone && { alone: move.alone }),
    usage: `${move.word} <编号>${move.inline ? ` <${move.fields?.[move.inline]?.label}>` : ''}`,
    help: move.help,
    group: ledger.title,
    ...(moves.some((each) => each.ledger.contents) && { sealed: true }),
    may: (person) => moves.some((each) => couldMove(each, person)),
    relevant: (asking) => takesPart(asking, moves),
    fields: Object.assign({}, ...moves.map((each) => fieldsOf(each.move))) as Fields,
    plan: (asking, typed) => plan(asking, moves, typed),
    decide: (operation, actor, subject, raw) => decide(operation, actor, moves, subject, raw),
  };
}

const couldMove = ({ move }: LedgerMove, person: Person): boolean =>
  move.by.parts !== undefined || (move.by.roles?.some((role) => person.roles.includes(role)) ?? false);

/** Whether the help should name the word: by role, or because the person has such a part somewhere. */
async function takesPart({ person, entries }: Asking, moves: LedgerMove[]): Promise<boolean> {
  for (const { ledger, move } of moves) {
    if (move.by.roles?.some((role) => person.roles.includes(role))) return true;
    if (!move.by.parts) continue;
    const taken = await entries.partsOf(person.id, ledger.name);
    if (move.by.parts.some((part) => taken.has(part))) return true;
  }
  return false;
}

async function plan(asking: Asking, moves: LedgerMove[], typed: string): Promise<Plan> {
  const { refs, rest } = splitRefs(
    typed,
    moves.some(({ move }) => move.inline !== undefined),
  );
  const meant =
    refs.length > 0 ? await findAll(asking, moves, refs, rest) : await findOwn(asking, moves, rest);
  const { found } = meant;
  const [first] = found;
  if (!first) throw noRef(moves);
  const chosen = moveFor(moves, asking.entries.ledgerOf(first));
  for (const entry of found) await requireAlive(asking, chosen, entry);
  const { move } = chosen;
  for (const entry of found) move.check?.(situationOf(asking, asking.person, entry));
  await requireTakenAlong(asking, move, found);
  const read = readTyped(move, rest, { ...asking, calendar: asking.store.calendar });
  const start = shared(found.map((entry) => move.prefill?.(situationOf(asking, asking.person, entry)) ?? {}));
  const stands = await passing(asking, asking.person, move, found);
  const saidOf = (raw: RawValues) => [...foretold(asking, asking.person, move, found, raw), ...stands];
  const said = saidOf({ ...start, ...read.values });
  const warnings = [...meant.toConfirm, ...warningsOf(asking, move, found, read.values), ...said];
  const unread = await unreadOf(asking, asking.person, chosen, found);
  return {
    subject: writeTargets(found),
    title: `${move.word} ${namesOf(found)}`,
    intro: [
      ...(meant.isGuess ? [GUESSED] : []),
      ...read.unread,
      ...warnings,
      ...(await introOf(asking, move, found)),
      ...linesOf(move, meant),
    ],
    fields: fieldsOf(move, said),
    ...(move.foretell && { asked: (raw) => fieldsOf(move, saidOf(raw)) }),
    start: { ...start, ...(stands.length > 0 && sureOf(said)) },
    given: read.values,
    ...(meant.leftOut.length > 0 && { beside: meant.leftOut }),
    confirm:
      move.confirm === true ||
      [meant.isGuess, read.isGuess, move.confirmsAll === true && meant.areAll].some(Boolean) ||
      [...read.unread, ...warnings].length > 0,
    ...(chosen.ledger.contents && { confidential: true }),
    // What was typed must not come back into a chat that carries no contents.
    ...(unread.length > 0 && {
      instead: () => shownInstead(asking, move.word, { found, unread, rest: asking.keepsBack ? '' : rest }),
    }),
  };
}

/** Whether what stands below may go with it is known before anything is asked. @throws Refusal where it may not */
async function requireTakenAlong(asking: Asking, move: Move, found: readonly Entry[]): Promise<void> {
  if (move.withParts === undefined) return;
  for (const entry of found)
    await move.learn?.(lookingOnly(asking), situationOf(asking, asking.person, entry), {});
}

const GUESSED = '您没有写编号。是下面这一条吗？是的请点「提交」。';

const isAsBefore = ({ parentId, state }: Entry, before: Entry): boolean =>
  parentId === null && state === before.state;

/** What a form asks: the move's own questions, and whether what will follow is meant. */
const fieldsOf = (move: Move, said: readonly string[] = []): Fields => ({
  ...move.fields,
  ...(said.length > 0 && sureField(move, said)),
});

/** Entries that a form names, of several; the rest is counted. */
const LISTED = 5;

/** The entries; where 「全部」 has to be confirmed, every number, and what is left out. */
function linesOf({ confirmsAll }: Move, { found, areAll, leftOut }: Meant): string[] {
  if (confirmsAll === true && areAll)
    return [`共 ${found.length} 项：${found.map(({ ref }) => ref).join('、')}`, ...leftOut];
  const listed = found.slice(0, LISTED).map((entry) => `${entry.ref} ${shorten(entry.title)}`);
  const rest = found.length - listed.length;
  return rest > 0 ? [...listed, `… 其余 ${rest} 项`] : listed;
}

/** What stands in the form of what the entries say: it is shown, so it is read. */
async function introOf(asking: Asking, { intro }: Move, found: readonly Entry[]): Promise<string[]> {
  const lines: string[] = [];
  for (const entry of intro ? found.slice(0, LISTED) : [])
    lines.push(...(intro?.(await asking.reveal(entry)) ?? []));
  return lines;
}

/** What should be read before the move is confirmed. */
function warningsOf(asking: Asking, move: Move, found: readonly Entry[], typed: RawValues): string[] {
  const { confirm } = move;
  if (typeof confirm !== 'function') return [];
  const said = found.flatMap((entry) => {
    const situation = situationOf(asking, asking.person, entry);
    const warning = confirm(situation);
    return warning === undefined ? [] : [`${warning}${changesOf(move, situation, typed)}`];
  });
  return said.length > 3 ? [...said.slice(0, 3), `… 共 ${said.length} 项`] : said;
}

/** What all start with alike. */
function shared([first = {}, ...others]: readonly RawValues[]): RawValues {
  const same = (name: string, value: unknown) =>
    others.every((other) => JSON.stringify(other[name]) === JSON.stringify(value));
  return Object.fromEntries(Object.entries(first).filter(([name, value]) => same(name, value)));
}

const shorten = (title: string) => ([...title].length > 60 ? `${[...title].slice(0, 60).join('')}…` : title);

/** Up to three refs, else how many. */
const namesOf = (found: readonly Entry[]): string =>
  found.length <= 3 ? found.map((entry) => entry.ref).join('、') : `${found[0]?.ref} 等 ${found.length} 项`;

async function decide(
  operation: Parameters<Command['decide']>[0],
  actor: Person,
  moves: LedgerMove[],
  subject: string,
  raw: RawValues,
): Promise<Content> {
  const moved: Moved[] = [];
  for (const target of readTargets(subject)) {
    const entry = await findTarget(operation.entries, target);
    const chosen = moveFor(moves, operation.entries.ledgerOf(entry));
    await requireRead(operation, actor, chosen, entry);
    const values = await requireSure(operation, actor, chosen.move, [entry], raw);
    moved.push(await makeMove(operation, chosen, actor, entry, values));
  }
  const [first] = moved;
  if (!first) throw noRef(moves);
  const { ledger, move } = moveFor(moves, operation.entries.ledgerOf(first.entry));
  const more = move.answer?.(first.before, first.values) ?? [];
  const next = moved.length === 1 ? (move.next?.(first.before, first.added) ?? []) : [];
  return answer(ledger, move, actor, moved, { more, next });
}

function answer(
  ledger: Ledger,
  { word, done, whole }: Move,
  actor: Person,
  moved: readonly Moved[],
  { more, next }: { more: string[]; next: Action[] },
): Content {
  const added = moved.flatMap((each) => each.added);
  // What came to be is what was asked for: how the whole stands that it came below is said with the whole.
  const entries = added.length > 0 ? added : moved.map(({ entry }) => entry);
  const states = [...new Set(entries.map((entry) => stateLabel(ledger, entry, actor)))];
  // How far a round has come is nothing that such a step was about.
  const isAside = whole === true && moved.every(({ entry, before }) => isAsBefore(entry, before.entry));
  return {
    kind: 'notice',
    title: `${done ?? `已${word}`} ${namesOf(entries)}`,
    tone: 'green',
    sections: [{ lines: [...(isAside ? [] : [`现为「${states.join('」「')}」。`]), ...more] }],
    actions: [
      ...next,
      ...(entries.length === 1 ? [{ action: `查看 ${entries[0]?.ref}`, label: '查看' }] : []),
    ],
  };
}
