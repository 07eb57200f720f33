import { isRef, tidyRef } from './entry.ts';
import { type Action, type Content, SHOW } from './message.ts';
import { readTargets, type Target } from './target.ts';

/** Every entry that a card names by its buttons, or shows. */
export function targetsOf(content: Content): Target[] {
  if (content.kind !== 'notice' && content.kind !== 'table') return [];
  const own = content.refresh?.startsWith(SHOW) ? targetsIn(content.refresh) : [];
  return [...actionsOf(content).flatMap(({ action }) => targetsIn(action)), ...own];
}

/** The refs of the entries that a message is about, and of whatever else was typed where a ref can stand. */
export const refsIn = (content: Content): string[] => [
  ...new Set(targetsOf(content).flatMap(({ ref }) => (isRef(ref) ? tidyRef(ref) : []))),
];

/** Every button of a message. */
export const actionsOf = (content: Content): Action[] => {
  if (content.kind === 'text') return [];
  const inSections = content.kind === 'notice' ? content.sections.flatMap(({ actions = [] }) => actions) : [];
  return [...inSections, ...content.actions];
};

/** `签收 Z1-3@2,Z1-4@1` → what stands behind the word. */
export const targetsIn = (line: string): Target[] => readTargets(line.split(/\s+/u).slice(1).join(','));
