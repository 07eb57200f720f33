import { type Action, type Content, type NoticeContent, type Section, SHOW } from './message.ts';
import { actionsOf, refsNamed, targetsIn } from './shown-targets.ts';

type Hidden = ReadonlySet<string>;

/**
 * What the message says where these entries never were: the other sections in their order, the buttons for what is left,
 * and the figures that counted them. Nothing where nothing is left, or where a part may be about one of them unsaid.
 */
export function withoutEntries(content: Content, hidden: Hidden): Content | undefined {
  const refs = refsNamed(content);
  if (!refs.some((ref) => hidden.has(ref))) return content;
  if (content.kind !== 'notice' || names(content.title, hidden)) return undefined;
  const shown = shownRefs(content);
  const about = content.sections.map((section, index) => aboutOf(section, refs, shown[index]));
  const isUnsure = about.some((named, index) => named.length === 0 && restIn(content.sections[index]) === 0);
  if (isUnsure) return undefined;
  const parted = content.sections.map((section, index) => parting(section, about[index] ?? [], hidden));
  const sections = parted.flatMap((section) => section ?? []);
  const leftOut = refs.filter((ref) => hidden.has(ref) && !about.flat().includes(ref)).length;
  const counted = recounted(sections, leftOut);
  const left = refsNamed({ ...content, sections: counted }).filter((ref) => !hidden.has(ref));
  if (left.length === 0 || !counted.some((section) => restIn(section) === 0)) return undefined;
  const entrySections = about.filter((named) => named.length > 0).length;
  const gone = content.sections.filter((_, index) => !parted[index]);
  const takesAll = !counted.some((section) => restIn(section) > 0);
  return {
    ...content,
    title: titleWithout(content.title, [entrySections, refs.length], refs.length - left.length),
    tone: toneWithout(content, gone, counted),
    sections: counted,
    actions: topActions(content, hidden, { left, sections: counted, takesAll }),
    ...(content.refresh !== undefined && { refresh: narrowed(content.refresh, hidden) ?? content.refresh }),
  };
}

/** A ref stands by itself: Z1-1-1 is not named where Z1-1-10 is. */
const isNamed = (words: string, ref: string): boolean =>
  words.split(/[^0-9A-Z-]+/u).some((word) => word === ref);
const names = (words: string, refs: Iterable<string>): boolean =>
  [...refs].some((ref) => isNamed(words, ref));

/** Where a card has one section for each entry that it shows, which one belongs to which. */
function shownRefs({ refresh = '', sections }: NoticeContent): string[] {
  const refs = refresh.startsWith(SHOW) ? targetsIn(refresh).map(({ ref }) => ref) : [];
  const own = sections.filter((section) => restIn(section) === 0).length;
  return own === refs.length || own < sections.length ? refs : [];
}

/** The entries that a section names by its buttons or in its words, or else the one whose place it has. */
function aboutOf(section: Section, refs: readonly string[], inPlace: string | undefined): string[] {
  if (restIn(section) > 0) return [];
  const words = [section.heading ?? '', ...section.lines].join('\n');
  const byButton = (section.actions ?? []).flatMap(({ action }) => targetsIn(action).map(({ ref }) => ref));
  const named = refs.filter((ref) => byButton.includes(ref) || isNamed(words, ref));
  return named.length > 0 || inPlace === undefined ? named : [inPlace];
}

function parting(section: Section, about: readonly string[], hidden: Hidden): Section | undefined {
  if (!about.some((ref) => hidden.has(ref))) return section;
  if (about.every((ref) => hidden.has(ref)) || names(section.heading ?? '', hidden)) return undefined;
  const lines = section.lines.filter((line) => !names(line, hidden));
  if (lines.length === 0 && section.lines.length > 0) return undefined;
  const { actions } = section;
  const heading = section.heading?.replace(/（(\d+)）$/u, (said, figure: string) =>
    Number(figure) === section.lines.length ? `（${lines.length}）` : said,
  );
  return {
    ...{ ...section, lines },
    ...(heading !== undefined && { heading }),
    ...(actions && { actions: actions.flatMap((each) => still(each, hidden)) }),
  };
}

const still = (action: Action, hidden: Hidden): Action[] => {
  const line = narrowed(action.action, hidden);
  return line === undefined ? [] : [{ ...action, action: line }];
};

/** The line for those of its entries that are left; nothing where none is. */
function narrowed(line: string, hidden: Hidden): string | undefined {
  const [word = '', typed = '', ...more] = line.split(/\s+/u);
  const parts = typed.split(',');
  const left = parts.filter((part) => !hidden.has(part.split('@')[0] ?? ''));
  if (left.length === parts.length) return line;
  return left.length === 0 ? undefined : [word, left.join(','), ...more].join(' ');
}

const REST = /^… 另有 (\d+) 项$/u;

/** How many more a section says there are that says nothing else. */
const restIn = (section: Section | undefined): number =>
  section && section.lines.length === 1 ? Number(REST.exec(section.lines[0] ?? '')?.[1] ?? 0) : 0;

const recounted = (sections: readonly Section[], less: number): Section[] =>
  sections.flatMap((section) => {
    const rest = restIn(section);
    if (rest === 0) return [section];
    return rest > less ? [{ ...section, lines: [`… 另有 ${rest - less} 项`] }] : [];
  });

/** A title's figure is corrected only where it counts what the card shows. */
const titleWithout = (title: string, counts: readonly number[], less: number): string =>
  title.replace(/（(\d+) 项）/u, (said, figure: string) =>
    counts.includes(Number(figure)) ? `（${Number(figure) - less} 项）` : said,
  );

/** Red for what was overdue only as long as something is. */
function toneWithout({ tone }: NoticeContent, gone: readonly Section[], left: readonly Section[]) {
  const isOverdue = ({ lines }: Section) => lines.some((line) => line.includes('已逾期'));
  return tone === 'red' && gone.some(isOverdue) && !left.some(isOverdue) ? 'yellow' : tone;
}

interface Left {
  left: readonly string[];
  sections: Section[];
  takesAll: boolean;
}

/** The buttons below a card of several entries are its first one's, and those for all of them. */
function topActions({ actions, refresh = '' }: NoticeContent, hidden: Hidden, kept: Left): Action[] {
  const { left, sections, takesAll } = kept;
  const [first] = targetsIn(refresh);
  const beside = actionsOf({ kind: 'notice', title: '', tone: 'plain', sections, actions: [] });
  return actions.flatMap((action): Action[] => {
    const targets = targetsIn(action.action);
    const [only] = targets;
    if (targets.length === 1 && only && hidden.has(only.ref) && only.ref === first?.ref) {
      const [word] = action.action.split(/\s+/u);
      return [{ ...action, action: `${word} ${left[0]}` }];
    }
    return still(action, hidden).flatMap((narrow) => {
      // For one entry its own button does: nothing is left to be done for all.
      if (narrow.action !== action.action && beside.some((each) => each.action === narrow.action)) return [];
      return [{ ...narrow, label: labelFor(narrow, takesAll) }];
    });
  });
}

function labelFor({ label, action }: Action, takesAll: boolean): string {
  const [, word] = /^(.+)以上 \d+ 项$/u.exec(label) ?? [];
  if (word === undefined) return label;
  return takesAll ? `全部${word}` : `${word}以上 ${targetsIn(action).length} 项`;
}
