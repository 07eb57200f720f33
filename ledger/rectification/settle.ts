import type { Entry } from '../define.ts';
import { entriesFor } from '../entry.ts';
import type { Operation } from '../operation.ts';

/** A problem is closed when its last measure is, and a round when its last problem is; with a part that is open again, so are they. */
export async function settle(operation: Operation, moved: Entry): Promise<void> {
  if (!moved.parentId) return;
  const asBureau = entriesFor(operation.store, operation.rows, 'bureau');
  const parent = await asBureau.find({ id: moved.parentId });
  if (!parent) return;
  const isOpen = await asBureau.some({ parentId: parent.id, open: true });
  const state = isOpen ? 'progressing' : 'closed';
  if (parent.state === state) return;
  const settled = await operation.change(parent, { state }, { action: `rectification.${state}-by-parts` });
  await settle(operation, settled);
}
