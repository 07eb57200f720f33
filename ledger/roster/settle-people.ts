import { readDirectory } from '../directory.ts';
import { type PassedOn, passOn } from '../leave.ts';
import type { Operation } from '../operation.ts';
import { recuseAnew } from '../recuse-anew.ts';

/** What follows for the entries when people have changed: recusals are asked anew, and what leavers had passes on. */
export async function settlePeople(operation: Operation, leavers: readonly string[]): Promise<PassedOn> {
  const directory = await readDirectory(operation.rows);
  const now = { ...operation, directory };
  await recuseAnew(now);
  return passOn(now, leavers);
}
