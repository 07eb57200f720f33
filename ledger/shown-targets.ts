import type { Rows } from '../prisma/database.ts';
import { isRef, refsAmong, tidyRef } from './entry.ts';
import { type Action, type Content, headline, type Section, SHOW } from './message.ts';
import { readTargets, type Target } from './target.ts';

/** Every entry that a card names by its buttons, or shows. */
function targetsOf(content: Content): Target[] {
  if (content.kind !== 'notice' && content.kind !== 'table') return [];
  const own = content.refresh?.startsWith(SHOW) ? targetsIn(content.refresh) : [];
  return [...actionsOf(content).flatMap(({ action }) => targetsIn(action)), ...own];
}

/** Every entry that a card is about: of a form, and of the way to one, what the form was opened for. */
export async function targetsShown(rows: Rows, personId: string, content: Content): Promise<Target[]> {
  const id = formIn(content);
  const draft = id === undefined ? null : await rows.draft.findUnique({ where: { id } });
  return [...targetsOf(content), ...(draft?.personId === personId ? readTargets(draft.subject) : [])];
}

const FORM_ID = /\s([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

/** The form that a card is, or leads to. */
export function formIn(content: Content): string | undefined {
  return actionsOf(content).flatMap(({ action }) => FORM_ID.exec(action)?.[1] ?? [])[0];
}

/** The refs of the entries that a message is about, and of whatever else was typed where a ref can stand. */
export const refsIn = (content: Content): string[] => [
  ...new Set(targetsOf(content).flatMap(({ ref }) => (isRef(ref) ? tidyRef(ref) : []))),
];

/**
 * Those, and what the house's own words name: not every message has a button for all that it tells of. What somebody wrote within
 * a line is part of what the line tells of.
 */
export const refsNamed = (content: Content): string[] => [
  ...new Set([...refsIn(content), ...refsAmong(headline(content)), ...linesOf(content).flatMap(refAtFront)]),
];

/** What stands below the title in the house's own words. */
function linesOf(content: Content): string[] {
  if (content.kind === 'notice') return content.sections.flatMap(wordsOf);
  return content.kind === 'table' ? [...content.rows.flat(), ...content.footer] : [];
}

/** The ref with which a line begins, whatever signs stand before it. */
function refAtFront(line: string): string[] {
  const [first] = refsAmong(line);
  return first !== undefined && !/\p{L}/u.test(line.slice(0, line.indexOf(first))) ? [first] : [];
}

export const wordsOf = ({ heading = '', lines }: Section): string[] => [heading, ...lines];

/** Every button of a message. */
export const actionsOf = (content: Content): Action[] => {
  if (content.kind === 'text') return [];
  const inSections = content.kind === 'notice' ? content.sections.flatMap(({ actions = [] }) => actions) : [];
  return [...inSections, ...content.actions];
};

/** `签收 Z1-3@2,Z1-4@1` → what stands behind the word. */
export const targetsIn = (line: string): Target[] => readTargets(line.split(/\s+/u).slice(1).join(','));
