import type { Entry, Ledger, Move } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import type { Entries } from '../ledger/entry.ts';
import type { Fields, RawValues } from '../ledger/form.ts';
import type { Content } from '../ledger/message.ts';
import {
  findTarget,
  type LedgerMove,
  type Moved,
  makeMove,
  mayMove,
  readTargets,
  requireMove,
  situationOf,
  writeTargets,
} from '../ledger/move.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Asking, Command, Plan } from './define.ts';

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
    usage: `${move.word} <编号>${move.inline ? ` <${move.fields?.[move.inline]?.label}>` : ''}`,
    help: move.help,
    group: ledger.title,
    may: (person) => moves.some((each) => couldMove(each, person)),
    relevant: (asking) => takesPart(asking, moves),
    fields: Object.assign({}, ...moves.map((each) => each.move.fields)) as Fields,
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
    const parts = move.by.parts ?? [];
    if (parts.length > 0 && (await entries.count({ ledger: ledger.name, personId: person.id, parts })) > 0)
      return true;
  }
  return false;
}

async function plan(asking: Asking, moves: LedgerMove[], typed: string): Promise<Plan> {
  const { refs, rest } = splitRefs(
    typed,
    moves.some(({ move }) => move.inline !== undefined),
  );
  if (refs.length === 0) throw noRef(moves);
  const found = await findAll(asking, moves, refs);
  const [first] = found;
  if (!first) throw noRef(moves);
  const chosen = moveFor(moves, asking.entries.ledgerOf(first));
  for (const entry of found) requireMove(chosen, asking.person, entry);
  const { move } = chosen;
  for (const entry of found) move.check?.(situationOf(asking, asking.person, entry));
  const context = {
    at: asking.at,
    today: asking.today,
    calendar: asking.store.calendar,
    directory: asking.directory,
  };
  const inline = move.inline && rest ? { [move.inline]: rest } : {};
  const read = move.read && rest ? move.read(rest, context) : { values: {}, unread: [] };
  return {
    subject: writeTargets(found),
    title: `${move.word} ${namesOf(found)}`,
    intro: [...read.unread, ...found.slice(0, 5).map((entry) => `${entry.ref} ${shorten(entry.title)}`)],
    fields: move.fields ?? {},
    given: {
      ...move.prefill?.(situationOf(asking, asking.person, first)),
      ...inline,
      ...read.values,
    },
    confirm: move.confirm === true || read.unread.length > 0,
  };
}

const shorten = (title: string) => ([...title].length > 60 ? `${[...title].slice(0, 60).join('')}…` : title);

/** Up to three refs, else how many. */
const namesOf = (found: readonly Entry[]): string =>
  found.length <= 3 ? found.map((entry) => entry.ref).join('、') : `${found[0]?.ref} 等 ${found.length} 项`;

const noRef = (moves: LedgerMove[]) =>
  new Refusal('invalid-input', `请写明编号，例如「${moves[0]?.move.word} 3-2」。发送「帮助」可以查看用法。`);

/** The refs at the front, and what is typed behind them. */
function splitRefs(typed: string, oneWordOnly: boolean): { refs: string[]; rest: string } {
  const refs: string[] = [];
  let rest = typed.trim();
  for (;;) {
    const token =
      /^(全部|[0-9A-Za-z０-９Ａ-Ｚａ-ｚ][0-9A-Za-z０-９Ａ-Ｚａ-ｚ.－—-]*(?:@\d+)?)(?=$|[\s,，、\p{Script=Han}])/u.exec(
        rest,
      );
    if (!token?.[1] || !/[\d０-９部]/u.test(token[1])) return { refs, rest };
    refs.push(token[1]);
    const behind = rest.slice(token[1].length);
    const separator = /^\s*[,，、]\s*/u.exec(behind)?.[0];
    rest = behind.trim();
    if (separator) rest = behind.slice(separator.length);
    else if (oneWordOnly) return { refs, rest };
  }
}

/** The entries meant: 「全部」 and a ref with parts below it stand for those that the move can be made with. */
async function findAll(asking: Asking, moves: LedgerMove[], refs: readonly string[]): Promise<Entry[]> {
  const { entries, person } = asking;
  const found = new Map<string, Entry>();
  const add = (entry: Entry) => found.set(entry.id, entry);
  for (const ref of refs) {
    if (ref === '全部') {
      for (const each of moves) for (const entry of await movable(entries, person, each, null)) add(entry);
      continue;
    }
    const [target] = readTargets(ref);
    if (!target) continue;
    const entry = await findTarget(entries, target);
    const chosen = moveFor(moves, entries.ledgerOf(entry));
    const below = await movable(entries, person, chosen, entry);
    for (const each of below) add(each);
    if (below.length === 0) add(entry);
  }
  if (found.size === 0) throw new Refusal('wrong-state', `没有可以${moves[0]?.move.word}的事项。`);
  return [...found.values()];
}

/** What the move can be made with below an entry, or in the whole ledger. */
async function movable(
  entries: Entries,
  person: Person,
  chosen: LedgerMove,
  top: Entry | null,
): Promise<Entry[]> {
  const { ledger, move } = chosen;
  const leaves = await entries.list({
    ledger: ledger.name,
    states: move.from,
    leaf: true,
    ...(top && { below: top.ref }),
  });
  return leaves.filter((entry) => entry.id !== top?.id && mayMove(move, person, entry));
}

function moveFor(moves: LedgerMove[], ledger: Ledger): LedgerMove {
  const chosen = moves.find((each) => each.ledger.name === ledger.name);
  if (!chosen) {
    throw new Refusal('wrong-state', `「${moves[0]?.move.word}」不适用于${ledger.title}。`);
  }
  return chosen;
}

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
    moved.push(await makeMove(operation, chosen, actor, entry, raw));
  }
  const [first] = moved;
  if (!first) throw noRef(moves);
  const { ledger, move } = moveFor(moves, operation.entries.ledgerOf(first.entry));
  return answer(ledger, move, moved, move.answer?.(first.before) ?? []);
}

function answer(ledger: Ledger, { word, done }: Move, moved: readonly Moved[], more: string[]): Content {
  const entries = moved.map(({ entry }) => entry);
  const states = [...new Set(entries.map(({ state }) => ledger.states[state]?.label ?? state))];
  return {
    kind: 'notice',
    title: `${done ?? `已${word}`} ${namesOf(entries)}`,
    tone: 'green',
    sections: [{ lines: [`现为「${states.join('」「')}」。`, ...more] }],
    actions: entries.length === 1 ? [{ action: `查看 ${entries[0]?.ref}`, label: '查看' }] : [],
  };
}
