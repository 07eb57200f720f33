import type { Directory, Person } from '../ledger/directory.ts';
import { Refusal } from '../ledger/refusal.ts';
import { accountOwners, type Rows } from '../ledger/store.ts';
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

type Spoke = Pick<Inbound, 'platform' | 'account'>;

/** To whom the account belongs, if it is anybody's. */
export async function personIdOf(
  rows: Rows,
  platforms: readonly ChatPlatform[],
  spoke: Spoke,
): Promise<string | undefined> {
  const [personId] = await personIdsOf(rows, platforms, [spoke]);
  return personId;
}

/** The same for several, in their order. */
export async function personIdsOf(
  rows: Rows,
  platforms: readonly ChatPlatform[],
  spoke: readonly Spoke[],
): Promise<(string | undefined)[]> {
  const isOwn = (name: string) => platforms.find((each) => each.name === name)?.accounts === 'everybody';
  const bound = spoke.filter(({ platform }) => !isOwn(platform));
  const owners = new Map<string, string>();
  for (const [platform, some] of Map.groupBy(bound, (each) => each.platform)) {
    const accounts = [...new Set(some.map(({ account }) => account))];
    for (const [account, personId] of await accountOwners(rows, platform, accounts))
      owners.set(JSON.stringify([platform, account]), personId);
  }
  return spoke.map(({ platform, account }) =>
    isOwn(platform) ? account : owners.get(JSON.stringify([platform, account])),
  );
}
