import type { Entry } from '../define.ts';
import { entriesFor } from '../entry.ts';
import type { Operation } from '../operation.ts';
import { TAKEN_OUT } from '../taken-out.ts';
import { takeOutParts } from './take-out-parts.ts';

/**
 * A problem is closed when its last measure is, and a round when its last problem is; with a part that is open again, so are
 * they. A problem that has none any more is an item itself.
 */
export async function settle(operation: Operation, moved: Entry, before?: Entry): Promise<void> {
  if (before?.state === moved.state) return;
  if (moved.state === TAKEN_OUT) await takeOutParts(operation, moved);
  if (!moved.parentId) return;
  const asBureau = entriesFor(operation.store, operation.rows, 'bureau');
  const parent = await asBureau.find({ id: moved.parentId });
  if (!parent || parent.state === TAKEN_OUT) return;
  const state = await stateByParts(asBureau, parent);
  if (parent.state === state) return;
  const settled = await operation.change(parent, { state }, { action: `rectification.${state}-by-parts` });
  await settle(operation, settled);
}

async function stateByParts(asBureau: ReturnType<typeof entriesFor>, parent: Entry): Promise<string> {
  const { id: parentId } = parent;
  if (await asBureau.some({ parentId, open: true })) return 'progressing';
  if (await asBureau.some({ parentId })) return 'closed';
  return parent.parentId === null ? 'opened' : 'unassigned';
}
