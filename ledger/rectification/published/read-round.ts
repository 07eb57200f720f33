import type { Entry } from '../../define.ts';
import type { Entries } from '../../entry.ts';
import { Refusal } from '../../refusal.ts';
import { type ItemData, itemData, type RectificationData } from '../data.ts';

const LEDGER = 'rectification';
/** Entries that are held at one time. */
const AT_ONCE = 500;

export interface Round {
  entry: Entry;
  data: Extract<RectificationData, { level: 'round' }>;
  problems: Problem[];
}

export interface Problem extends Item {
  measures: Item[];
}

export interface Item {
  entry: Entry;
  data: ItemData;
}

/**
 * A round with all that may be published of it, in its order: what is hidden from anybody counts as not public.
 * @param named its number, or `latest`
 * @throws Refusal `unknown-entry` where there is no such round
 */
export async function readRound(entries: Entries, named: string): Promise<Round> {
  const entry = await findRound(entries, named);
  const data = entries.read(entry).data as RectificationData;
  if (data.level !== 'round') throw new Refusal('invalid-input', `${entry.ref} 不是轮次，通报按轮次生成。`);
  const items = await itemsBelow(entries, entry.ref);
  const problems = items.filter(({ entry: { parentId } }) => parentId === entry.id);
  return {
    entry,
    data,
    problems: problems.map((problem) => ({
      ...problem,
      measures: items.filter(({ entry: { parentId } }) => parentId === problem.entry.id),
    })),
  };
}

async function findRound(entries: Entries, named: string): Promise<Entry> {
  if (named !== 'latest') return entries.get(named);
  const rounds = await entries.list({ ledger: LEDGER, parentId: null });
  const latest = (await lastWithProblems(entries, rounds)) ?? rounds.at(-1);
  if (!latest) throw new Refusal('unknown-entry', '整改台账中还没有轮次，请先立项或导入。');
  return latest;
}

async function lastWithProblems(entries: Entries, rounds: readonly Entry[]): Promise<Entry | undefined> {
  for (const round of rounds.toReversed())
    if (await entries.some({ ledger: LEDGER, below: round.ref })) return round;
  return undefined;
}

async function itemsBelow(entries: Entries, round: string): Promise<Item[]> {
  const filter = { ledger: LEDGER, below: round, hiddenFromNobody: true } as const;
  const items: Item[] = [];
  for (;;) {
    const some = await entries.list(filter, { skip: items.length, take: AT_ONCE });
    items.push(
      ...some.map((entry) => ({ entry, data: itemData(entries.read(entry).data as RectificationData) })),
    );
    if (some.length < AT_ONCE) return items.sort((a, b) => a.entry.position - b.entry.position);
  }
}
