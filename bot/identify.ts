import type { Directory, Person } from '../ledger/directory.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Rows } from '../ledger/store.ts';
import type { ChatPlatform, Inbound } from './platform.ts';

/**
 * Whose account spoke.
 * @throws Refusal `unknown-person`, in the same words for an account that is not bound and one whose owner has left
 */
export async function identify(
  rows: Rows,
  directory: Directory,
  platforms: readonly ChatPlatform[],
  inbound: Inbound,
): Promise<Person> {
  const personId = await personIdOf(rows, platforms, inbound);
  const person = personId === undefined ? undefined : directory.byId(personId);
  if (!person?.active) {
    throw new Refusal('unknown-person', '您的账号还没有登记，我暂时不能为您服务。请联系本单位管理员登记。');
  }
  return person;
}

/** To whom the account belongs, if it is anybody's. */
export async function personIdOf(
  rows: Rows,
  platforms: readonly ChatPlatform[],
  { platform, account }: Pick<Inbound, 'platform' | 'account'>,
): Promise<string | undefined> {
  const accounts = platforms.find(({ name }) => name === platform)?.accounts;
  return accounts === 'everybody' ? account : boundTo(rows, platform, account);
}

async function boundTo(rows: Rows, platform: string, externalId: string): Promise<string | undefined> {
  const account = await rows.account.findUnique({ where: { platform_externalId: { platform, externalId } } });
  return account?.personId;
}
