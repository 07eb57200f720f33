import type { Entry, Move, Situation } from '../ledger/define.ts';
import type { Directory } from '../ledger/directory.ts';
import type { Field, RawValues } from '../ledger/form.ts';
import type { LedgerMove } from '../ledger/move.ts';
import type { Asking } from './define.ts';

/** 「全部」 that stands below several wholes, such as two rounds: each with how many below it, where the move asks for that. */
export async function wholesOf(
  { entries }: Asking,
  moves: readonly LedgerMove[],
  meant: readonly Entry[],
): Promise<string[]> {
  const wholes = [...Map.groupBy(meant, ({ ref }) => ref.split('-')[0] ?? ref)];
  const asked = moves.find(({ move }) => move.confirmsAll === 'wholes');
  if (!asked || wholes.length < 2) return [];
  const named: string[] = [];
  for (const [ref, { length }] of wholes) {
    const whole = await entries.find({ ref });
    named.push(`${ref}${whole ? ` ${shorten(whole.title)}` : ''} ${length} 项`);
  }
  const [first] = wholes;
  return [
    `「全部」涉及 ${wholes.length} 个轮次：${named.join('；')}。只办一个轮次的，请写轮次编号，例如「${asked.move.word} ${first?.[0]}」。`,
  ];
}

/** What goes with another one that is meant is not meant by itself. */
export const withoutParts = (moves: readonly LedgerMove[], meant: readonly Entry[]): Entry[] =>
  meant.filter(
    (entry) =>
      wordsFor(moves, entry) === undefined || !meant.some(({ ref }) => entry.ref.startsWith(`${ref}-`)),
  );

const wordsFor = (moves: readonly LedgerMove[], entry: Entry): string | undefined =>
  moves.find(({ ledger }) => ledger.name === entry.ledger)?.move.withParts;

/** What stands below, and goes with what is meant. */
export async function goingWith(
  { entries }: Asking,
  moves: readonly LedgerMove[],
  meant: readonly Entry[],
): Promise<string[]> {
  const said: string[] = [];
  for (const entry of meant) {
    const words = wordsFor(moves, entry);
    const parts = words === undefined ? [] : await entries.list({ parentId: entry.id });
    if (parts.length > 0) said.push(`${words} ${parts.map(({ ref }) => ref).join('、')}。`);
  }
  return said;
}

/** What is typed in place of what stands there: 「责任领导 孟知行 → 唐文澜」. */
export function changesOf(move: Move, situation: Situation, typed: RawValues): string {
  const now = move.prefill?.(situation) ?? {};
  const changes = Object.entries(move.fields ?? {}).flatMap(([name, field]) => {
    const said = typed[name];
    const [before, after] = [now[name], said].map((value) => worded(field, value, situation.directory));
    return said === undefined || before === after ? [] : [`${field.label} ${before} → ${after}`];
  });
  return changes.length > 0 ? `${changes.join('；')}。` : '';
}

function worded({ type, options }: Field<unknown>, value: unknown, directory: Directory): string {
  const isWho = type === 'person' || type === 'people';
  const named = (each: unknown) =>
    isWho
      ? (directory.byId(String(each))?.name ?? '（已离开）')
      : (options?.find((option) => option.value === each)?.label ?? String(each));
  return value === undefined ? '无' : [value].flat().map(named).join('、');
}

const shorten = (title: string) => ([...title].length > 20 ? `${[...title].slice(0, 20).join('')}…` : title);
