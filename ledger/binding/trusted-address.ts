import type { Address } from '../outbox.ts';
import type { Rows } from '../store.ts';
import { isBoundByCode } from './by-code.ts';

/**
 * Where somebody is told what became of an account that a code binds: somewhere else, where somebody else says who he is.
 * @param everybody the platform on which everybody has an account under his own id, if there is one
 * @returns undefined: nowhere
 */
export async function trustedAddress(
  rows: Rows,
  personId: string,
  everybody: string | undefined,
): Promise<Address | undefined> {
  const accounts = await rows.account.findMany({ where: { personId } });
  const trusted = accounts.filter(({ platform }) => !isBoundByCode(platform));
  const open = trusted.find(({ unreachable }) => unreachable === null) ?? trusted[0];
  if (open) return { platform: open.platform, externalId: open.externalId, isGroup: false };
  return everybody === undefined ? undefined : { platform: everybody, externalId: personId, isGroup: false };
}
