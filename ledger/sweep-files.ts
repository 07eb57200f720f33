import type { Rows } from './store.ts';

/** Forgets what was kept before that moment and belongs to no entry and no open form. */
export async function sweepFiles(rows: Rows, before: Date): Promise<void> {
  const homeless = await rows.attachment.findMany({
    where: { entryId: null, keptAt: { lt: before } },
    select: { id: true, draftId: true },
  });
  const drafts = [...new Set(homeless.flatMap(({ draftId }) => draftId ?? []))];
  const open = await rows.draft.findMany({
    where: { id: { in: drafts }, state: 'open' },
    select: { id: true },
  });
  const isOpen = new Set(open.map(({ id }) => id));
  const ids = homeless.filter(({ draftId }) => draftId === null || !isOpen.has(draftId)).map(({ id }) => id);
  await rows.attachment.deleteMany({ where: { id: { in: ids } } });
}
