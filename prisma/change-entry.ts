import type { Prisma, Row, Rows } from './database.ts';
import { isStraight, plain } from './plain.ts';
import { oneEntry, recusalMarks, WITH_PEOPLE } from './read-entries.ts';

export const WHOLE = { ...WITH_PEOPLE, recusals: { select: { mark: true } } } as const;

/** An entry with who takes part in it and from whom it is hidden. */
export type WholeEntry = Prisma.EntryGetPayload<{ include: typeof WHOLE }>;

/** What of an entry changes. */
export type EntryChange = Partial<
  Pick<Row.EntryModel, 'state' | 'title' | 'dueOn' | 'closedAt' | 'departmentId' | 'sealed' | 'changedAt'> & {
    facets: Prisma.InputJsonValue;
    data: Prisma.InputJsonValue;
  }
>;

/**
 * Changes the entry, and counts its version on.
 * @param before as it was read
 * @returns it as it is then; nothing where it is not of that version any more
 */
export async function changeIfUnchanged(
  rows: Rows,
  before: Row.EntryModel,
  change: EntryChange,
): Promise<WholeEntry | undefined> {
  const { id, version } = before;
  const otherwise = differing(before, change);
  const count = isStraight(rows)
    ? await changeStraight(rows, { id, version }, otherwise)
    : (
        await rows.entry.updateMany({
          where: { id, version },
          data: { ...otherwise, version: { increment: 1 } },
        })
      ).count;
  return count === 0 ? undefined : wholeEntry(rows, id);
}

/** What is not so already: a column that a statement names is written anew in every index that holds it, be it the same. */
const differing = (before: Row.EntryModel, change: EntryChange): EntryChange =>
  Object.fromEntries(
    Object.entries(change).filter(
      ([name, value]) => value !== undefined && !isSame(value, before[name as keyof EntryChange]),
    ),
  );

/** What is sealed anew is never the same. */
const isSame = (one: unknown, other: unknown): boolean =>
  !(one instanceof Uint8Array) && JSON.stringify(one) === JSON.stringify(other);

function changeStraight(
  rows: Rows,
  { id, version }: { id: string; version: number },
  change: EntryChange,
): Promise<number> {
  const columns = Object.entries(change);
  const set = ['"version" = "version" + 1', ...columns.map(([name]) => `"${name}" = ?`)].join();
  const values = columns.map(([name, value]) => (IS_JSON.has(name) ? JSON.stringify(value) : value));
  return plain(rows).change(`UPDATE "Entry" SET ${set} WHERE "id" = ? AND "version" = ?`, [
    ...values,
    id,
    version,
  ]);
}

const IS_JSON = new Set(['facets', 'data']);

/** The entry as it is now. */
export async function wholeEntry(rows: Rows, id: string): Promise<WholeEntry> {
  if (!isStraight(rows)) return rows.entry.findUniqueOrThrow({ where: { id }, include: WHOLE });
  const entry = await oneEntry(rows, { id });
  if (!entry) throw new Error(`There is no entry ${id}`);
  const marks = await recusalMarks(rows, id);
  return { ...entry, recusals: [...marks].map((mark) => ({ mark })) };
}
