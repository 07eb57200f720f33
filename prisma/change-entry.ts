import type { Prisma, Row, Rows } from './database.ts';
import { oneEntry, recusalMarks, WITH_PEOPLE } from './read-entries.ts';
import { type Straight, straightTo } from './straight.ts';

export const WHOLE = { ...WITH_PEOPLE, recusals: true } as const;

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
 * @returns it as it is then; nothing where it is not of that version any more
 */
export async function changeIfUnchanged(
  rows: Rows,
  { id, version }: { id: string; version: number },
  change: EntryChange,
): Promise<WholeEntry | undefined> {
  const straight = straightTo(rows);
  const count = straight
    ? await changeStraight(straight, { id, version }, change)
    : (
        await rows.entry.updateMany({
          where: { id, version },
          data: { ...change, version: { increment: 1 } },
        })
      ).count;
  return count === 0 ? undefined : wholeEntry(rows, id);
}

function changeStraight(
  straight: Straight,
  { id, version }: { id: string; version: number },
  change: EntryChange,
): Promise<number> {
  const columns = Object.entries(change).filter(([, value]) => value !== undefined);
  const set = columns.map(([name]) => `"${name}" = ?`).join();
  const values = columns.map(([name, value]) => (IS_JSON.has(name) ? JSON.stringify(value) : value));
  return straight.change(
    `UPDATE "Entry" SET ${set}, "version" = "version" + 1 WHERE "id" = ? AND "version" = ?`,
    [...values, id, version],
  );
}

const IS_JSON = new Set(['facets', 'data']);

/** The entry as it is now. */
export async function wholeEntry(rows: Rows, id: string): Promise<WholeEntry> {
  if (!straightTo(rows)) return rows.entry.findUniqueOrThrow({ where: { id }, include: WHOLE });
  const entry = await oneEntry(rows, { id });
  if (!entry) throw new Error(`There is no entry ${id}`);
  const marks = await recusalMarks(rows, id);
  return { ...entry, recusals: [...marks].map((mark) => ({ entryId: id, mark })) };
}
