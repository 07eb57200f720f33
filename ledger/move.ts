import type { Entry, Ledger, Move, Outcome, Situation } from './define.ts';
import type { Person } from './directory.ts';
import type { Entries } from './entry.ts';
import { type Fields, type RawValues, readForm } from './form.ts';
import type { Operation } from './operation.ts';
import { Refusal } from './refusal.ts';
import { isOwnedBy, labelOf, stateLabel } from './state-label.ts';
import type { Target } from './target.ts';
import { outdated } from './write-entry.ts';

/** A move of a ledger. */
export interface LedgerMove {
  ledger: Ledger;
  move: Move;
}

/** Whether the person may make the move with this entry, whatever its state. */
export function mayMove(move: Move, person: Person, entry: Entry): boolean {
  if (move.by.roles?.some((role) => person.roles.includes(role))) return true;
  return entry.people.some(({ personId, part }) => personId === person.id && move.by.parts?.includes(part));
}

/** The moves that the actor could make with the entry now: none that would be refused. */
export const movesOpenTo = (ledger: Ledger, situation: Situation): Move[] =>
  ledger.moves.filter(
    (move) =>
      move.from.includes(situation.entry.state) &&
      mayMove(move, situation.actor, situation.entry) &&
      passes(move, situation),
  );

/** Whether the move's own rules let the actor make it here. */
export function passes(move: Move, situation: Situation): boolean {
  try {
    move.check?.(situation);
    return true;
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}

/** @throws Refusal `not-permitted` or `wrong-state` */
export function requireMove({ ledger, move }: LedgerMove, person: Person, entry: Entry): void {
  if (!mayMove(move, person, entry)) {
    throw new Refusal('not-permitted', `「${move.word} ${entry.ref}」${whoMay(ledger, move)}，您不在其中。`);
  }
  if (!move.from.includes(entry.state)) throw wrongState({ ledger, move }, person, entry);
}

function whoMay(ledger: Ledger, { by }: Move): string {
  const parts = by.parts?.map((part) => ledger.parts[part] ?? part) ?? [];
  return parts.length > 0 ? `由该事项的${parts.join('、')}办理` : '由指定的工作人员办理';
}

function wrongState({ ledger, move }: LedgerMove, person: Person, entry: Entry): Refusal {
  const now = stateLabel(ledger, entry, person);
  const isOwn = isOwnedBy(ledger, entry, person);
  const needed = [...new Set(move.from.map((state) => labelOf(ledger, state, isOwn)))].join('」「');
  return new Refusal(
    'wrong-state',
    `${entry.ref} 现为「${now}」，不能「${move.word}」；处于「${needed}」时才可以。`,
  );
}

/** @throws Refusal `outdated` when the entry is not any more what the person was looking at */
export async function findTarget(entries: Entries, target: Target): Promise<Entry> {
  const entry = await entries.get(target.ref);
  if (target.version !== undefined && target.version !== entry.version) throw outdated(entry);
  return entry;
}

/** An entry that was moved, as it was decided. */
export interface Moved {
  before: Situation;
  outcome: Outcome;
  entry: Entry;
  /** What came to stand below it. */
  added: Entry[];
  values: RawValues;
}

/** Makes the move with one entry: rules, record, notices, and what follows for other entries. */
export async function makeMove(
  operation: Operation,
  { ledger, move }: LedgerMove,
  actor: Person,
  entry: Entry,
  raw: RawValues,
): Promise<Moved> {
  requireMove({ ledger, move }, actor, entry);
  const values = readForm(move.fields ?? {}, raw);
  requirePeople(operation, move.fields ?? {}, values);
  const before = situationOf(operation, actor, entry);
  move.check?.(before);
  const learned = await move.learn?.(operation, before, values);
  const outcome = move.apply(before, values, learned);
  const action = `${ledger.name}.${move.name}`;
  const noted = { ...values, ...beside(outcome) };
  const changed = await operation.change(entry, outcome, { action, ...(move.fields && { values: noted }) });
  for (const [index, notice] of (move.notices?.(before, values, learned) ?? []).entries()) {
    await operation.notify(changed, notice, `${action}:${changed.id}:${changed.version}:${index}`);
  }
  const added: Entry[] = [];
  for (const part of outcome.adds ?? []) added.push(await operation.create(part));
  await ledger.settle?.(operation, changed, added.length === 0 ? entry : undefined);
  return { before, outcome, entry: changed, added, values };
}

/** What stands in the history beside what was filled in. */
const beside = ({ replaced, takenAlong = [], adds = [] }: Outcome): RawValues => ({
  ...(replaced && { replaced }),
  ...(takenAlong.length > 0 && { takenAlong }),
  ...(adds.length > 0 && { added: adds.map(({ ref }) => ref) }),
});

/** An entry and everything that a rule may look at. */
export function situationOf(
  operation: Pick<Operation, 'at' | 'today' | 'store' | 'directory' | 'entries'>,
  actor: Person,
  entry: Entry,
): Situation {
  const { at, today, store, directory, entries } = operation;
  return {
    ...entries.read(entry),
    actor,
    at,
    today,
    calendar: store.calendar,
    rules: store.rules,
    directory,
  };
}

/** @throws Refusal `invalid-input` when somebody is named who does not work here */
function requirePeople({ directory }: Operation, fields: Fields, values: RawValues): void {
  for (const [name, field] of Object.entries(fields)) {
    if (field.type !== 'person' && field.type !== 'people') continue;
    for (const id of [values[name]].flat()) {
      if (id === undefined || directory.byId(String(id))?.active) continue;
      const sentence = '没有这个人，或其已离开本单位，请从名单中选择';
      throw new Refusal('invalid-input', `「${field.label}」${sentence}。`, { [name]: sentence });
    }
  }
}
