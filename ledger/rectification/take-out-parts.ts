import type { Entry, Notice } from '../define.ts';
import type { Directory } from '../directory.ts';
import { entriesFor } from '../entry.ts';
import type { Operation } from '../operation.ts';
import { TAKEN_OUT } from '../taken-out.ts';
import { dataSchema, type ItemData, itemData } from './data.ts';
import { takenOut } from './item-notice.ts';
import { LEDGER } from './round-parts.ts';
import { toWhoseItIs } from './whose.ts';

/** What the step is called in the chain. */
export const TAKE_OUT = 'take-out';

type Why = NonNullable<ItemData['takenOut']>;

/** Whoever was given it is told once. */
export const takenOutNotices = (entry: Entry, { by, reason }: Why, directory: Directory): Notice[] =>
  toWhoseItIs(entry, directory, takenOut(entry, directory.byId(by)?.name ?? '督查员', reason));

/** With a problem go its measures, for the same reason. */
export async function takeOutParts(operation: Operation, moved: Entry): Promise<void> {
  const { takenOut: why } = itemData(dataSchema.parse(moved.data));
  if (!why) throw new Error(`${moved.ref} was taken out without a reason`);
  const asBureau = entriesFor(operation.store, operation.rows, 'bureau');
  for (const part of await asBureau.list({ ledger: LEDGER, parentId: moved.id })) {
    const data = { ...itemData(dataSchema.parse(part.data)), takenOut: why };
    const action = `${LEDGER}.${TAKE_OUT}`;
    const changed = await operation.change(
      part,
      { state: TAKEN_OUT, data },
      { action, values: { reason: why.reason } },
    );
    for (const [index, notice] of takenOutNotices(part, why, operation.directory).entries())
      await operation.notify(changed, notice, `${action}:${changed.id}:${changed.version}:${index}`);
  }
}
