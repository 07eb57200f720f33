import type { Entry } from './define.ts';
import { type Directory, readDirectory } from './directory.ts';
import { entriesFor } from './entry.ts';
import type { Content } from './message.ts';
import { targetsShown } from './shown-targets.ts';
import type { Rows, Store } from './store.ts';
import type { Target } from './target.ts';

/** @property isStale it changed since */
export type ShownEntry = { ref: string; version: number; isStale: boolean };

/** The version that no entry has. */
const UNKNOWN = 0;

/** Every entry that the card is about and its holder may see, and the version that it shows. */
export async function entriesShown(
  store: Store,
  rows: Rows,
  { personId, content, madeAt }: { personId: string; content: Content; madeAt: Date },
  known?: Directory,
): Promise<ShownEntry[]> {
  const targets = await targetsShown(rows, personId, content);
  if (targets.length === 0) return [];
  const found = await seenBy(store, rows, known ?? (await readDirectory(rows)), personId, targets);
  return found.map(({ ref, version: current, changedAt }) => {
    const version = versionIn(targets, ref) ?? (changedAt > madeAt ? UNKNOWN : current);
    return { ref, version, isStale: version !== current };
  });
}

/**
 * With the holder's eyes: what he typed may stand on his card, and were a number on it that he guessed followed, the card
 * would tell him of every change.
 */
async function seenBy(
  store: Store,
  rows: Rows,
  directory: Directory,
  personId: string,
  targets: readonly Target[],
): Promise<Entry[]> {
  const person = directory.byId(personId);
  if (!person) return [];
  return entriesFor(store, rows, person).list({ refs: [...new Set(targets.map(({ ref }) => ref))] });
}

const versionIn = (targets: readonly Target[], ref: string) =>
  targets.find((target) => target.ref === ref && target.version !== undefined)?.version;
