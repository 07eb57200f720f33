import type { Asking } from '../handlers/define.ts';
import { moveActions } from '../handlers/entry-section.ts';
import type { Entry } from '../ledger/define.ts';
import { actionsOf, formIn, type HeldCard, isOvertaken, refsNamed, targetsIn } from '../ledger/held-card.ts';
import type { Action, Content, Section } from '../ledger/message.ts';
import { stateLabel } from '../ledger/state-label.ts';
import { writeTargets } from '../ledger/target.ts';
import { withoutEntries } from '../ledger/without-entries.ts';
import { parse } from './parse.ts';

/**
 * A notice that somebody holds, with its words as they were and its buttons as they are open to him now. Of what changed
 * since, the present state stands below. Whom an entry concerns by now is shown nothing of it any more: where the card
 * says something of others too, that stays. A form is as it is, until its holder may not look at what it is about; and so is
 * an answer that a later one overtook, without the state below it, since nobody keeps that true.
 */
export async function asThingsStand(asking: Asking, card: HeldCard): Promise<Content> {
  const { row } = card;
  if (isOvertaken(card)) return (await stillShown(asking, card)) ?? GONE;
  const entries = new Map<string, Entry>();
  for (const { ref } of row.entries) {
    const entry = await asking.entries.find({ ref });
    if (entry) entries.set(ref, entry);
  }
  const content = await stillShown(asking, card, entries);
  if (content?.kind !== 'notice' || formIn(content) !== undefined) return content ?? GONE;
  const still = (actions: readonly Action[]) =>
    actions.flatMap((action) => stillOpen(asking, entries, action));
  const sections = content.sections
    .filter((section) => !isLatest(section))
    .map((section): Section => {
      const { actions, ...words } = section;
      return actions ? { ...words, actions: still(actions) } : words;
    });
  const lines: string[] = [];
  for (const { ref, version, isFollowed } of row.entries) {
    const entry = entries.get(ref);
    if (!entry || !isFollowed || entry.version === version) continue;
    const back = isDecidedNoMore(asking, entry, content)
      ? await takenBack(asking, entry, version)
      : undefined;
    lines.push(...changedSince(asking, entry, sayingOf(content.title, sections, entry.ref), back));
  }
  return {
    ...content,
    sections: lines.length > 0 ? [...sections, { lines }] : sections,
    actions: still(content.actions),
  };
}

/**
 * What the holder may still see of the words that the card was sent with; nothing where that is nothing.
 * @param seen of its entries, those that he was found to see: they need not be asked for
 */
export async function stillShown(
  asking: Asking,
  { row, kept }: HeldCard,
  seen: ReadonlyMap<string, Entry> = new Map(),
): Promise<Content | undefined> {
  const hidden = new Set<string>();
  for (const { ref } of row.entries)
    if (!seen.has(ref) && (await asking.entries.isHidden(ref))) hidden.add(ref);
  const { content } = kept;
  if (hidden.size === 0) return content;
  const named = refsNamed(content);
  const isPlain = formIn(content) === undefined && [...hidden].every((ref) => named.includes(ref));
  return isPlain ? withoutEntries(content, hidden) : undefined;
}

const LATEST = '最新状态：';

/** What was said below a card before it was sent anew. */
const isLatest = ({ lines: [first = ''] }: Section): boolean => first.startsWith(LATEST);

/** What stands in place of what somebody may not see any more: in the same words whatever it was about. */
export const GONE: Content = {
  kind: 'notice',
  title: '这条消息已失效',
  tone: 'plain',
  sections: [],
  actions: [],
};

/** The button for those of its entries with which it would still do something; none where there are none. */
function stillOpen(asking: Asking, entries: ReadonlyMap<string, Entry>, action: Action): Action[] {
  const { handler } = parse(action.action, asking.allowed);
  const [word = '', typed = '', ...rest] = action.action.split(/\s+/u);
  const targets = targetsIn(`${word} ${typed}`);
  if (targets.length === 0) return [action];
  const open = targets
    .flatMap(({ ref }) => entries.get(ref) ?? [])
    .filter((entry) => handler?.kind === 'query' || mayStill(asking, entry, handler?.words[0] ?? word));
  if (open.length === 0) return [];
  const refs = handler?.kind === 'query' ? open.map(({ ref }) => ref).join(',') : writeTargets(open);
  return [{ ...action, action: [word, refs, ...rest].join(' ') }];
}

const mayStill = (asking: Asking, entry: Entry, word: string): boolean =>
  moveActions(asking, entry).some(({ label }) => label === word);

/**
 * What is otherwise by now than the card says: a card that names the present state needs no second word of it.
 * @param said what the card says of the entry
 * @param back that what the card asks for was taken back
 */
function changedSince(
  { entries, person }: Asking,
  entry: Entry,
  said: string,
  back: string | undefined,
): string[] {
  const { ref } = entry;
  const label = stateLabel(entries.ledgerOf(entry), entry, person);
  const isSaid = said.includes(`「${label}」`);
  if (back !== undefined) return [`${LATEST}${ref}「${label}」，${back}`];
  return isSaid ? [] : [`${LATEST}${ref}「${label}」`];
}

/** Whether the card had a button by which its holder would have taken a step that he cannot take any more. */
const isDecidedNoMore = (asking: Asking, entry: Entry, content: Content): boolean =>
  actionsOf(content).some(
    (action) =>
      targetsIn(action.action).some(({ ref }) => ref === entry.ref) &&
      stillOpen(asking, new Map([[entry.ref, entry]]), action).length === 0,
  );

/** That what was asked for was taken back, in the move's words, unless it was asked for anew since. */
async function takenBack({ entries }: Asking, entry: Entry, version: number): Promise<string | undefined> {
  const { name: ledger, moves } = entries.ledgerOf(entry);
  const taking = moves.filter(({ takesBack }) => takesBack !== undefined);
  if (taking.length === 0) return undefined;
  // A step for each version.
  const since = (await entries.history(entry)).slice(version - entry.version);
  const last = since
    .map(({ action }) => action.slice(ledger.length + 1))
    .findLast((step) => taking.some((move) => move.name === step || move.takesBack?.steps.includes(step)));
  return taking.find(({ name }) => name === last)?.takesBack?.said;
}

/** What a card says of an entry: the lines that name it, or all where the title names it alone. */
function sayingOf(title: string, sections: readonly Section[], ref: string): string {
  const lines = sections.flatMap((section) => section.lines);
  const isAboutIt = title.endsWith(` ${ref}`);
  return lines.filter((line) => isAboutIt || line.includes(ref)).join();
}

/** Whether something is asked of who holds the card, so that it should not be lost. */
export const asksForSomething = (asking: Asking, content: Content): boolean =>
  actionsOf(content).some(({ action }) => parse(action, asking.allowed).handler?.kind === 'command');
