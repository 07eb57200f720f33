import type { Operation } from '../operation.ts';
import { openRoll, type Roll } from '../roster/roll.ts';
import { codeHash } from './code.ts';

export interface Binding {
  platform: string;
  /** By which the account is known from now on. */
  externalId: string;
  /** Whose it becomes. */
  personId: string;
  code: string;
}

/**
 * Uses the code up: the account is the person's, in place of the one that he had there.
 * @returns whether another one was replaced; `undefined`: the code was used up, replaced or ran out meanwhile, or he has left
 */
export async function bindAccount(
  operation: Operation,
  { platform, externalId, personId, code }: Binding,
): Promise<{ isReplaced: boolean } | undefined> {
  const { rows, store, at, directory } = operation;
  if (!directory.byId(personId)?.active) return undefined;
  const { count } = await rows.bindingCode.deleteMany({
    where: { id: codeHash(store.keys, platform, code), personId, expiresAt: { gt: at } },
  });
  if (count === 0) return undefined;
  const roll = await openRoll(operation);
  const isReplaced = await unbindAll(roll, personId, platform);
  await roll.bind(personId, { platform, externalId });
  return { isReplaced };
}

/** Takes the person's account on that platform from him, and the code that he may have. @returns whether there was an account */
export async function unbindAccount(
  operation: Operation,
  personId: string,
  platform: string,
): Promise<boolean> {
  await operation.rows.bindingCode.deleteMany({ where: { personId, platform } });
  return unbindAll(await openRoll(operation), personId, platform);
}

async function unbindAll(roll: Roll, personId: string, platform: string): Promise<boolean> {
  const bound = roll.get(personId).accounts.filter((account) => account.platform === platform);
  for (const account of bound) await roll.unbind(personId, account);
  return bound.length > 0;
}
