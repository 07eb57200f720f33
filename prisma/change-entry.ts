import type { Prisma, Rows } from './database.ts';

const WHOLE = { people: { select: { personId: true, part: true } }, recusals: true } as const;

/** An entry with who takes part in it and from whom it is hidden. */
export type WholeEntry = Prisma.EntryGetPayload<{ include: typeof WHOLE }>;

/**
 * Changes the entry, and counts its version on.
 * @returns it as it is then; nothing where it is not of that version any more
 */
export async function changeIfUnchanged(
  rows: Rows,
  { id, version }: { id: string; version: number },
  data: Prisma.EntryUncheckedUpdateInput,
): Promise<WholeEntry | undefined> {
  try {
    return await rows.entry.update({
      where: { id, version },
      data: { ...data, version: { increment: 1 } },
      include: WHOLE,
    });
  } catch (fault) {
    if (isMissing(fault)) return undefined;
    throw fault;
  }
}

/** The entry as it is now. */
export const wholeEntry = (rows: Rows, id: string): Promise<WholeEntry> =>
  rows.entry.findUniqueOrThrow({ where: { id }, include: WHOLE });

/** Prisma's word for a row that is to be changed and is not there. */
const isMissing = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && fault.code === 'P2025';
