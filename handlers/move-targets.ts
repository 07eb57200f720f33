import type { Entry, Ledger } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import type { Entries } from '../ledger/entry.ts';
import { findTarget, type LedgerMove, mayMove, situationOf } from '../ledger/move.ts';
import { Refusal } from '../ledger/refusal.ts';
import { readTargets } from '../ledger/target.ts';
import type { Asking } from './define.ts';

/** No ref was typed. */
export const noRef = (moves: readonly LedgerMove[]): Refusal =>
  new Refusal(
    'invalid-input',
    `请写明编号：「${moves[0]?.move.word} <编号>」。编号在相应的卡片上，也可发送「台账」查看。`,
  );

const TOKEN =
  /^(全部|[0-9A-Za-z０-９Ａ-Ｚａ-ｚ][0-9A-Za-z０-９Ａ-Ｚａ-ｚ.－—-]*(?:@\d+)?)(?=$|[\s,，、\p{Script=Han}])/u;

/** The refs at the front, and what is typed behind them. */
export function splitRefs(typed: string, oneWordOnly: boolean): { refs: string[]; rest: string } {
  const refs: string[] = [];
  let rest = typed.trim();
  for (;;) {
    const token = TOKEN.exec(rest);
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
export async function findAll(
  asking: Asking,
  moves: readonly LedgerMove[],
  refs: readonly string[],
): Promise<Entry[]> {
  const { entries, person } = asking;
  const found = new Map<string, Entry>();
  const add = (entry: Entry) => found.set(entry.id, entry);
  for (const ref of refs) {
    if (ref === '全部') {
      for (const each of moves) for (const entry of await everything(asking, each)) add(entry);
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

/** What 「全部」 stands for. */
async function everything(asking: Asking, chosen: LedgerMove): Promise<Entry[]> {
  const { move } = chosen;
  const entries = await movable(asking.entries, asking.person, chosen, null);
  const whole = entries.filter((entry) => asking.entries.readable(entry) !== undefined);
  return whole.filter((entry) => move.all?.(situationOf(asking, asking.person, entry)) ?? true);
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

/** The word's move in the ledger. */
export function moveFor(moves: readonly LedgerMove[], ledger: Ledger): LedgerMove {
  const chosen = moves.find((each) => each.ledger.name === ledger.name);
  if (!chosen) {
    throw new Refusal('wrong-state', `「${moves[0]?.move.word}」不适用于${ledger.title}。`);
  }
  return chosen;
}
