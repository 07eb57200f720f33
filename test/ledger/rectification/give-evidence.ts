import { type GivenFile, receiveFile } from '../../../ledger/attachment.ts';
import type { EntryFile } from '../../../ledger/entry-file.ts';
import { addEvidence } from '../../../ledger/evidence.ts';
import { operate } from '../../../ledger/operation.ts';
import type { Store } from '../../../ledger/store.ts';
import { personNamed } from '../../sample-record.ts';

let made = 0;

/** A file that is like no other. */
export function evidenceFile(): GivenFile {
  made += 1;
  return { name: `示例佐证${made}.txt`, bytes: Buffer.from(`示例佐证第 ${made} 份。\n`) };
}

/**
 * A file of evidence comes to stand under the item, as if the person had sent one then.
 * @throws Refusal where he may not
 */
export async function giveEvidence(
  store: Store,
  name: string,
  ref: string,
  at: Date,
  given = evidenceFile(),
): Promise<EntryFile['id']> {
  const actor = await personNamed(store, name);
  const { id } = await receiveFile(store, { personId: actor.id, at }, given);
  await operate(store, { actor, at }, async (operation) =>
    addEvidence(operation, actor, await operation.entries.get(ref), { id, occasion: id }),
  );
  return id;
}
