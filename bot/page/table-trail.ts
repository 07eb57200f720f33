import { stepWord } from '../../handlers/show-entry.ts';
import type { Entry, Ledger } from '../../ledger/define.ts';
import type { TrailRecord } from '../../ledger/entry.ts';
import type { Field } from '../../ledger/form.ts';
import type { Section } from '../../ledger/message.ts';
import { DOES_NOT_OPEN } from '../../ledger/open-or-tell.ts';
import { labelOf, stateLabel } from '../../ledger/state-label.ts';
import type { Visitor } from './visiting.ts';

type Asking = Visitor['asking'];

/** A step in words. */
export interface TrailLine {
  at: string;
  who: string;
  what: string;
  /** 「待分派 → 已交办」, and each value that it set, after the one that it had before. */
  changes: string[];
  /** What was said with it. */
  note?: string;
  /** The first digits of the record's hash. */
  hash: string;
}

export interface ShownItem {
  entry: Entry;
  title: string;
  sections: Section[];
  lines: TrailLine[];
  flaws: string[];
}

/** An item in full, with the trail of what was done, newest first. @throws Refusal */
export async function readItem(asking: Asking, typed: string): Promise<ShownItem> {
  const { entries, person } = asking;
  const entry = await entries.get(typed);
  const ledger = entries.ledgerOf(entry);
  const sections = ledger.describe(await asking.reveal(entry));
  const { records, flaws } = await entries.trail(entry);
  const known = new Map<string, string>();
  const lines = records.map((record) => lineOf(asking, ledger, record, known)).reverse();
  const title = `${entry.ref} · ${stateLabel(ledger, entry, person)}`;
  return { entry, title, sections, lines, flaws };
}

const HASH_SHOWN = 12;

/** @param known what each value was until then; it is brought up to this step */
function lineOf(asking: Asking, ledger: Ledger, record: TrailRecord, known: Map<string, string>): TrailLine {
  const { calendar } = asking.store;
  const note = record.isBroken ? DOES_NOT_OPEN : ledger.note?.(record, asking.person);
  return {
    at: calendar.minuteOf(record.at).replace('T', ' '),
    who: asking.directory.byId(record.actor)?.name ?? '系统',
    what: stepWord(ledger, record.action),
    changes: [...stateChange(ledger, record), ...valueChanges(asking, ledger, record, known)],
    ...(note !== undefined && { note }),
    hash: record.hash.slice(0, HASH_SHOWN),
  };
}

function stateChange(ledger: Ledger, { from, to }: TrailRecord): string[] {
  if (to === undefined) return [];
  const after = labelOf(ledger, to, false);
  if (from === undefined) return [after];
  return from === to ? [] : [`${labelOf(ledger, from, false)} → ${after}`];
}

/** Names and dates; what is written out stands in the note. */
function valueChanges(
  asking: Asking,
  ledger: Ledger,
  { action, values }: TrailRecord,
  known: Map<string, string>,
): string[] {
  const move = ledger.moves.find(({ name }) => `${ledger.name}.${name}` === action);
  return Object.entries(move?.fields ?? {}).flatMap(([name, field]) => {
    const now = wordsOf(asking, field, values[name]);
    if (now === undefined) return [];
    const before = known.get(name);
    known.set(name, now);
    return before === undefined || before === now
      ? [`${field.label}：${now}`]
      : [`${field.label}：${before} → ${now}`];
  });
}

function wordsOf({ directory }: Asking, field: Field<unknown>, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const all = [value].flat().map(String);
  if (field.type === 'person' || field.type === 'people')
    return all.map((id) => directory.byId(id)?.name ?? '（已离开）').join('、') || '（无）';
  if (field.type === 'date') return all.join('、');
  if (field.type === 'select')
    return all
      .map((each) => field.options?.find((option) => option.value === each)?.label ?? each)
      .join('、');
  return undefined;
}
