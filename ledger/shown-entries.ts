import { type Directory, type Person, readDirectory } from './directory.ts';
import { entriesFor } from './entry.ts';
import type { Content } from './message.ts';
import { type Between, hiddenBetween } from './recusal.ts';
import { refsNamed, targetsShown } from './shown-targets.ts';
import type { Rows, Store } from './store.ts';
import type { Target } from './target.ts';

/**
 * @property isStale it changed since
 * @property isFollowed the card is about it; what its words name alone is looked at when somebody may not see it any more
 */
export type ShownEntry = { ref: string; version: number; isStale: boolean; isFollowed: boolean };

/** What stands in somebody's chat: when it was put into words, and when it stood there. */
interface Shown {
  personId: string;
  content: Content;
  madeAt: Date;
  sentAt: Date;
}

/** The version that no entry has. */
const UNKNOWN = 0;

/**
 * Every entry that the card is about or names, and its holder may see, and the version that it shows. What he typed may stand on his card,
 * and were a number on it that he guessed followed, the card would tell him of every change.
 */
export async function entriesShown(
  store: Store,
  rows: Rows,
  { personId, content, madeAt, sentAt }: Shown,
  known?: Directory,
): Promise<ShownEntry[]> {
  const targets = await targetsShown(rows, personId, content);
  const about = new Set(targets.map(({ ref }) => ref));
  const refs = [...new Set([...about, ...refsNamed(content)])];
  if (refs.length === 0) return [];
  const person = (known ?? (await readDirectory(rows))).byId(personId);
  if (!person) return [];
  const found = await entriesFor(store, rows, person).told(refs);
  const seen = found.map(({ ref, version: current, changedAt }) => {
    const version = versionIn(targets, ref) ?? (changedAt > madeAt ? UNKNOWN : current);
    const isFollowed = about.has(ref);
    return { ref, version, isStale: isFollowed && version !== current, isFollowed };
  });
  const unseen = refs.filter((ref) => found.every((entry) => entry.ref !== ref));
  return [...seen, ...(await hiddenMeanwhile(store, rows, person, unseen, { after: madeAt, until: sentAt }))];
}

/**
 * Those that were hidden from him while the card was on its way: it shows what he may not see any more. What was hidden before stays
 * a number that he typed, whatever happens to it.
 */
async function hiddenMeanwhile(
  store: Store,
  rows: Rows,
  { id }: Person,
  refs: readonly string[],
  between: Between,
): Promise<ShownEntry[]> {
  if (refs.length === 0) return [];
  const found = await hiddenBetween(store.keys, rows, { personId: id, refs }, between);
  return found.map((ref) => ({ ref, version: UNKNOWN, isStale: true, isFollowed: true }));
}

const versionIn = (targets: readonly Target[], ref: string) =>
  targets.find((target) => target.ref === ref && target.version !== undefined)?.version;
