import type { Entry, Ledger } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import type { Entries } from '../ledger/entry.ts';
import { type LedgerMove, mayMove, passes, situationOf } from '../ledger/move.ts';
import { Refusal } from '../ledger/refusal.ts';
import { readTargets } from '../ledger/target.ts';
import type { Asking } from './define.ts';
import { entryMeant } from './entry-meant.ts';
import { unreadOf } from './read-first.ts';
import { goingWith, wholesOf, withoutParts } from './to-confirm.ts';

const TOKEN =
  /^(全部|[0-9A-Za-z０-９Ａ-Ｚａ-ｚ][0-9A-Za-z０-９Ａ-Ｚａ-ｚ.－—-]*(?:@\d+)?)(?=$|[\s,，、\p{Script=Han}])/u;

/** 「12月底」, 「3项已完成」, 「2026-12-31」 count and date: a number of one part has no sign right behind it. */
const NO_REF =
  /^(?:[0-9０-９]+(?=\p{Script=Han})|[0-9０-９]{4}[-－—.][0-9０-９]{1,2}[-－—.][0-9０-９]{1,2}(?![0-9０-９]))/u;

/** The refs at the front, and what is typed behind them. */
export function splitRefs(typed: string, oneWordOnly: boolean): { refs: string[]; rest: string } {
  const refs: string[] = [];
  let rest = typed.trim();
  for (;;) {
    const token = TOKEN.exec(rest);
    if (!token?.[1] || !/[\d０-９部]/u.test(token[1]) || NO_REF.test(rest)) return { refs, rest };
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
  /** Sentences that have to be confirmed: where they stand, if that is in several places, and what goes with them. */
  toConfirm: string[];
  /** They were not named. */
  isGuess: boolean;
}

/**
 * The entries meant: 「全部」 and a ref with parts below it stand for those that the move can be made with.
 * @param rest what is typed behind the refs: said again with the one that is chosen, where several may be meant
 */
export async function findAll(
  asking: Asking,
  moves: readonly LedgerMove[],
  refs: readonly string[],
  rest: string,
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
    const entry = await entryMeant(asking, moves, target, rest);
    const chosen = moveFor(moves, entries.ledgerOf(entry));
    const below = chosen.move.whole ? [] : await movable(entries, person, chosen, entry);
    for (const each of below) add(each);
    if (below.length === 0) add(entry);
  }
  const leftOut = counted(why);
  if (found.size === 0 && refs.includes('全部') && moves.every(isOneByOne))
    throw new Refusal('invalid-input', `${moves[0]?.move.word}要逐项办理，请写编号。`);
  if (found.size === 0)
    throw new Refusal('wrong-state', [`没有可以${moves[0]?.move.word}的事项。`, ...leftOut].join(''));
  const meant = withoutParts(moves, [...found.values()]);
  const areAll = refs.includes('全部');
  const toConfirm = [
    ...(areAll ? await wholesOf(asking, moves, meant) : []),
    ...(await goingWith(asking, moves, meant)),
  ];
  return { found: meant, areAll, leftOut, toConfirm, isGuess: false };
}

/** 「全部」 means none, whatever there is: the rule for it looks at no entry. */
const isOneByOne = ({ move }: LedgerMove): boolean => move.all?.length === 0;

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
      why.push(move.confirmsAll === true ? '须由其他人办理' : '按规则现在不能由您办理');
    else if (isMeant) meant.push(entry);
  }
  const unread = await unreadOf(asking, asking.person, chosen, meant);
  why.push(...unread.map(() => `您还没有看过，须看过再${move.word}`));
  return meant.filter((entry) => !unread.includes(entry));
}

/** What the move can be made with below an entry, or in the whole ledger. */
async function movable(
  entries: Entries,
  person: Person,
  chosen: LedgerMove,
  top: Entry | null,
): Promise<Entry[]> {
  const { ledger, move } = chosen;
  if (top && !(await entries.hasParts(top))) return [];
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
