import type { Entry, Ledger } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import type { Entries } from '../ledger/entry.ts';
import { findTarget, type LedgerMove, mayMove, passes, situationOf } from '../ledger/move.ts';
import { Refusal } from '../ledger/refusal.ts';
import { readTargets, writeTargets } from '../ledger/target.ts';
import type { Asking } from './define.ts';
import { unreadOf } from './read-first.ts';

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

/** The entries meant. */
export interface Meant {
  found: Entry[];
  /** By 「全部」. */
  areAll: boolean;
  /** What 「全部」 left out, with the reason. */
  leftOut: string[];
  /** They were not named. */
  isGuess: boolean;
}

/** The entries meant: 「全部」 and a ref with parts below it stand for those that the move can be made with. */
export async function findAll(
  asking: Asking,
  moves: readonly LedgerMove[],
  refs: readonly string[],
): Promise<Meant> {
  const { entries, person } = asking;
  const found = new Map<string, Entry>();
  const why: string[] = [];
  const add = (entry: Entry) => found.set(entry.id, entry);
  for (const ref of refs) {
    if (ref === '全部') {
      for (const each of moves) for (const entry of await everything(asking, each, why)) add(entry);
      continue;
    }
    const [target] = readTargets(ref);
    if (!target) continue;
    const entry = await findTarget(entries, target);
    const chosen = moveFor(moves, entries.ledgerOf(entry));
    const below = chosen.move.whole ? [] : await movable(entries, person, chosen, entry);
    for (const each of below) add(each);
    if (below.length === 0) add(entry);
  }
  const leftOut = counted(why);
  if (found.size === 0)
    throw new Refusal('wrong-state', [`没有可以${moves[0]?.move.word}的事项。`, ...leftOut].join(''));
  return { found: [...found.values()], areAll: refs.includes('全部'), leftOut, isGuess: false };
}

/** 「没有包括 3 项：异议期至 2026-12-23。」 */
function counted(why: readonly string[]): string[] {
  const groups = [...Map.groupBy(why, (each) => each)].sort(([one], [other]) => one.localeCompare(other));
  const shown = groups.slice(0, REASONS_SHOWN);
  const rest = groups.slice(REASONS_SHOWN).reduce((sum, [, { length }]) => sum + length, 0);
  const lines = shown.map(([reason, { length }]) => `没有包括 ${length} 项：${reason}。`);
  return rest > 0 ? [...lines, `另有 ${rest} 项没有包括。`] : lines;
}

const REASONS_SHOWN = 5;

/** What 「全部」 stands for. @param why is added a reason for each that it leaves out and that the person should know of */
async function everything(asking: Asking, chosen: LedgerMove, why: string[]): Promise<Entry[]> {
  const { move } = chosen;
  const entries = await movable(asking.entries, asking.person, chosen, null);
  const meant: Entry[] = [];
  for (const entry of entries) {
    if (!asking.entries.readable(entry)) continue;
    const situation = situationOf(asking, asking.person, entry);
    const isMeant = move.all?.(situation) ?? true;
    if (typeof isMeant === 'string') why.push(isMeant);
    else if (isMeant && !passes(move, situation))
      why.push(move.confirmsAll ? '须由其他人办理' : '按规则现在不能由您办理');
    else if (isMeant) meant.push(entry);
  }
  const unread = await unreadOf(asking, asking.person, chosen, meant);
  why.push(...unread.map(() => `您还没有看过，须看过再${move.word}`));
  return meant.filter((entry) => !unread.includes(entry));
}

/**
 * No ref was typed: the person's one entry with which he can make the move.
 * @throws Refusal with all of them where there are several, and where the move has to be told which is meant
 */
export async function findOwn(asking: Asking, moves: readonly LedgerMove[]): Promise<Meant> {
  const [chosen] = moves;
  const { parts } = chosen?.move.by ?? {};
  if (!chosen?.move.ownOne || !parts) throw noRef(moves);
  const { ledger, move } = chosen;
  const { entries, person } = asking;
  const filter = { ledger: ledger.name, states: move.from, personId: person.id, parts };
  const own = (await entries.list(filter)).filter(
    (entry) => entries.readable(entry) && passes(move, situationOf(asking, person, entry)),
  );
  if (own.length === 1) return { found: own, areAll: false, leftOut: [], isGuess: true };
  if (own.length === 0) throw new Refusal('wrong-state', `您现在没有可以${move.word}的记录。`);
  const offers = own.slice(-OWN_SHOWN).map((entry) => ({
    action: `${move.word} ${writeTargets([entry])}`,
    label: `${move.word} ${entry.ref}`,
  }));
  const sentence = `您有 ${own.length} 条可以${move.word}的记录，请选择，或写明编号：「${move.word} <编号>」。`;
  throw new Refusal('invalid-input', sentence, {}, offers);
}

/** The latest of them. */
const OWN_SHOWN = 5;

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
