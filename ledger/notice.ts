import type { Rows } from '../prisma/database.ts';
import type { Entry, Notice } from './define.ts';
import type { Directory } from './directory.ts';
import { type Action, type Content, headline, type Section, SHOW, showLine } from './message.ts';
import { hiddenFrom } from './recusal.ts';
import type { Unasked } from './slots.ts';
import type { Store } from './store.ts';

/** Sections of a merged notice; more are counted, not shown. */
const MERGED_SECTIONS = 20;

/** A message that an operation will put in line at its end. */
export interface Pending {
  key: string;
  personId: string;
  content: Content;
  notBefore: Date;
  /** Keys of what is said within it. */
  also?: readonly string[];
}

/** A person who would be told the same of several entries is told once. */
export function merged<Message extends Pending & Partial<Unasked>>(pending: readonly Message[]): Message[] {
  const groups = Map.groupBy(pending, ({ personId, content, notBefore, ...how }) =>
    JSON.stringify([personId, headline(content), notBefore, how.job, how.isExempt, how.notLaterThan]),
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    if (others.length === 0) return [first];
    return [{ ...first, content: joined([first, ...others]), also: others.map(({ key }) => key) }];
  });
}

/** Where every section asks for the same step first, one button takes it for all of them: all that are shown, and no more. */
function forAll(sections: readonly Section[], areAll: boolean): Action[] {
  const steps = sections.map(({ actions = [] }) => actions.find(({ style }) => style === 'primary'));
  const [first] = steps;
  if (!first || !steps.every((step) => step?.label === first.label)) return [];
  const refs = steps.map((step) => step?.action.slice(first.label.length + 1));
  const label = areAll ? `全部${first.label}` : `${first.label}以上 ${refs.length} 项`;
  return [{ action: `${first.label} ${refs.join(',')}`, label, style: 'primary' }];
}

/** One card with a section for each entry. */
function joined(messages: readonly Pending[]): Content {
  const notices = messages.map(({ content }) => content).filter((content) => content.kind === 'notice');
  const [first] = notices;
  if (!first) return messages[0]?.content ?? { kind: 'text', text: '' };
  const sections = notices.flatMap((notice) => notice.sections);
  const refs = notices.flatMap(({ refresh }) =>
    refresh?.startsWith(SHOW) ? refresh.slice(SHOW.length + 1) : [],
  );
  const shown = sections.slice(0, MERGED_SECTIONS);
  const rest = sections.length - shown.length;
  return {
    ...first,
    sections: rest > 0 ? [...shown, { lines: [`… 另有 ${rest} 项`] }] : shown,
    actions: [...first.actions, ...forAll(shown, rest === 0)],
    ...(refs.length > 0 && { refresh: showLine(...refs) }),
  };
}

/** Whom a notice about an entry reaches: never somebody who is recused from it. */
export async function recipients(
  store: Store,
  rows: Rows,
  directory: Directory,
  entry: Entry,
  { to }: Notice,
): Promise<string[]> {
  const isHidden = await hiddenFrom(store.keys, rows, entry.id);
  return addressed(directory, entry, to).filter((personId) => !isHidden(personId));
}

function addressed(directory: Directory, entry: Entry, to: Notice['to']): string[] {
  if ('person' in to) return [to.person];
  if ('role' in to) return directory.withRole(to.role).map((person) => person.id);
  const taking = entry.people.filter(({ part }) => part === to.part).map(({ personId }) => personId);
  return taking.filter((personId) => directory.byId(personId)?.active);
}
