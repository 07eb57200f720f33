import type { Entry } from '../define.ts';
import type { Directory } from '../directory.ts';
import type { Action, Section } from '../message.ts';

/** Items named at once; more are counted. */
const SHOWN = 20;
/** Persons with a button of their own, and items that one button records. */
const BUTTONS = 10;
const MOST_OF_ONE = 20;

/** Whom to phone, each with what he has not answered for. */
export interface Calls {
  count: number;
  byPerson: Map<string, Entry[]>;
}

export const noCalls = (): Calls => ({ count: 0, byPerson: new Map() });

/** Of several who are responsible under one who is phoned anyway: an item is asked about once, in as few calls as can be. */
export function addCall(calls: Calls, item: Entry): void {
  const all = item.people.flatMap(({ part, personId }) => (part === 'responsible' ? [personId] : []));
  const who = all.find((id) => calls.byPerson.has(id)) ?? all[0] ?? '';
  const items = calls.byPerson.get(who) ?? [];
  calls.count += 1;
  calls.byPerson.set(who, items.length < MOST_OF_ONE ? [...items, item] : items);
}

/** One call a person, with all his items below his name; who records the answers has one button for each person. */
export function callSections(
  { count, byPerson }: Calls,
  line: (item: Entry) => string,
  { directory, mayPhone }: { directory: Directory; mayPhone: boolean },
): Section[] {
  if (count === 0) return [];
  const lines: string[] = [];
  const actions: Action[] = [];
  let shown = 0;
  for (const [id, all] of byPerson) {
    const items = all.slice(0, SHOWN - shown);
    if (items.length === 0) break;
    const { name, department } = directory.byId(id) ?? { name: '（已离开）', department: '' };
    lines.push(`${name}${department && `（${department}）`}：`, ...items.map(line));
    if (actions.length < BUTTONS)
      actions.push({ action: `电话 ${all.map(({ ref }) => ref).join(',')}`, label: `电话 ${name}` });
    shown += items.length;
  }
  const heading = `需电话了解（${count} 项，${byPerson.size} 人）`;
  const rest = count > shown ? [`… 另有 ${count - shown} 项`] : [];
  return [{ heading, lines: [...lines, ...rest], ...(mayPhone && { actions }) }];
}
