import type { Entry, Outcome } from '../../define.ts';
import type { Person } from '../../directory.ts';
import type { RawValues } from '../../form.ts';
import { situationOf } from '../../move.ts';
import type { Operation } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import { assign } from '../assignment.ts';
import { CATEGORIES, type ItemData, itemData, type RectificationData } from '../data.ts';
import { LEDGER } from '../round-parts.ts';
import { settle } from '../settle.ts';
import { FIELDS } from './fields.ts';
import { ASSIGNMENT, type RowChange, stale } from './plan-change.ts';
import type { LedgerRow } from './rows.ts';

/** What the step is called in the item's history. */
export const CHANGED_BY_TABLE = 'change-by-table';

type Here = Parameters<typeof assign.apply>[0];

/**
 * Changes an item as an edited export says. What it was stands in the history.
 * @throws Refusal where a rule forbids it, or the item was changed since
 */
export async function applyChange(
  operation: Operation,
  person: Person,
  change: RowChange,
  row: LedgerRow,
): Promise<void> {
  const entry = await operation.entries.get(change.ref);
  if (entry.version !== change.version) throw new Refusal('outdated', `${stale(change.version, entry)}。`);
  if (!assign.by.roles?.some((role) => person.roles.includes(role)))
    throw new Refusal('not-permitted', '更改由督查员、纪检监察员办理。');
  const here = situationOf(operation, person, entry) as Here;
  const given = valuesOf(entry, change);
  const assigned = ASSIGNMENT.some((field) => change.fields.includes(field))
    ? assignment(here, given)
    : ({ state: entry.state } satisfies Outcome<RectificationData>);
  const { replaced: _, ...outcome } = assigned as Outcome<RectificationData>;
  const data = withTexts(itemData(outcome.data ?? here.data), change);
  const changed = await operation.change(
    entry,
    { ...outcome, data },
    {
      action: `${LEDGER}.${CHANGED_BY_TABLE}`,
      values: { sheet: row.sheet, line: row.line, replaced: former(operation, here, change) },
    },
  );
  const notices =
    'people' in outcome && outcome.state !== 'unassigned' ? (assign.notices?.(here, given) ?? []) : [];
  for (const [index, notice] of notices.entries())
    await operation.notify(
      changed,
      notice,
      `${LEDGER}.${CHANGED_BY_TABLE}:${changed.id}:${changed.version}:${index}`,
    );
  await settle(operation, changed);
}

const taking = ({ people }: Entry, part: string): string[] =>
  people.filter((each) => each.part === part).map(({ personId }) => personId);

/** Who has it and until when: as edited, else as it is. */
function valuesOf(entry: Entry, { fields, values }: RowChange): RawValues {
  const pick = <T>(field: (typeof ASSIGNMENT)[number], edited: T, before: T): T =>
    fields.includes(field) ? edited : before;
  const { category } = itemData(entry.data as RectificationData);
  const leader = pick('leader', values.leader, taking(entry, 'leader')[0]);
  const dueOn = pick('dueOn', values.dueOn, entry.dueOn ?? undefined);
  const kind = pick('category', values.category, category);
  return {
    ...(leader && { leader }),
    responsible: pick('responsible', values.responsible, taking(entry, 'responsible')),
    assistant: pick('assistant', values.assistant, taking(entry, 'assistant')),
    ...(dueOn && { dueOn }),
    ...(kind && { category: kind }),
  };
}

/** As with 指派, once all is known that it needs; until then, what is known is kept. */
function assignment(here: Here, given: RawValues): Outcome<RectificationData> {
  const { leader, responsible, assistant, dueOn, category } = given;
  const people = responsible as string[];
  if (leader && people.length > 0 && (dueOn || category === 'lasting'))
    return assign.apply(here, given) as Outcome<RectificationData>;
  return {
    state: here.entry.state,
    data: { ...itemData(here.data), ...(category ? { category: category as keyof typeof CATEGORIES } : {}) },
    ...(dueOn ? { dueOn: String(dueOn) } : {}),
    people: { leader: leader ? [String(leader)] : [], responsible: people, assistant: assistant as string[] },
  };
}

function withTexts(data: ItemData, { fields, values }: RowChange): ItemData {
  const changed = { ...data };
  for (const field of ['target', 'standard', 'evidenceNeeded'] as const) {
    if (!fields.includes(field)) continue;
    const text = values.texts[field];
    if (text) changed[field] = text;
    else delete changed[field];
  }
  if (!fields.includes('isPublic')) return changed;
  const { isSensitive: _, ...open } = changed;
  return values.isSensitive ? { ...open, isSensitive: true } : open;
}

/** What each changed field said before, under the name that people know. */
function former(
  { directory }: Operation,
  { entry, data }: Here,
  { fields }: RowChange,
): Record<string, string> {
  const item = itemData(data);
  const names = (part: string) =>
    taking(entry, part)
      .map((id) => directory.byId(id)?.name ?? '（已离开）')
      .join('、');
  const before: Readonly<Record<string, string | undefined>> = {
    leader: names('leader'),
    responsible: names('responsible'),
    assistant: names('assistant'),
    dueOn: entry.dueOn ?? '',
    category: item.category && CATEGORIES[item.category],
    isPublic: item.isSensitive ? '否' : '是',
    target: item.target,
    standard: item.standard,
    evidenceNeeded: item.evidenceNeeded,
  };
  return Object.fromEntries(fields.map((field) => [FIELDS[field], before[field] || '（空）']));
}
