import type { Store } from '../../ledger/store.ts';
import { WECHAT } from './acquaintances.ts';
import type { LoginParts } from './login-parts.ts';
import type { Contact } from './protocol.ts';
import { tellOfDoubles } from './tell-alarm.ts';

/** Those of the accounts that belong to somebody who works here. */
export async function ofTheBureau(
  { database }: Store,
  accounts: readonly string[],
): Promise<ReadonlySet<string>> {
  if (accounts.length === 0) return new Set();
  const found = await database.rows.account.findMany({
    where: { platform: WECHAT, externalId: { in: [...accounts] }, person: { active: true } },
    select: { externalId: true },
  });
  return new Set(found.map(({ externalId }) => externalId));
}

/** Puppets that show contacts only bit by bit tell of each with his message. */
export async function learn({ store, remarks, claims }: LoginParts, contact: Contact): Promise<void> {
  if (claims.saidOf(contact.id).length > 0) return;
  const account = await remarks.read(contact.remark);
  if (account !== undefined && (await ofTheBureau(store, [account])).has(account))
    claims.add(contact.id, account);
}

/** What the list shows of a contact: for whom his remark was written here, if for anybody, and whether that is still somebody's. */
interface Shown {
  account: string | undefined;
  isValid: boolean;
}

/** @returns takes the list of contacts, some at a time, and learns from it once it is whole; then it says so */
export function openList(
  parts: LoginParts,
): (contacts: readonly Contact[], last: boolean) => Promise<boolean> {
  const { store, remarks, claims } = parts;
  let gathered = new Map<string, Shown>();
  return async (contacts, last) => {
    const read = contacts.map(async ({ id, remark }) => ({ id, account: await remarks.read(remark) }));
    const said = await Promise.all(read);
    const here = await ofTheBureau(
      store,
      said.flatMap(({ account }) => account ?? []),
    );
    for (const { id, account } of said)
      gathered.set(id, { account, isValid: account !== undefined && here.has(account) });
    if (!last) return false;
    const list = gathered;
    gathered = new Map();
    // wechaty shows nobody where a puppet fails to list: whoever was known still is.
    if (list.size === 0) return false;
    claims.replace(
      new Map([...list].map(([id, { account, isValid }]) => [id, isValid ? account : undefined])),
    );
    for (const [contact, shown] of list) await putRight(parts, contact, shown);
    await tellOfDoubles(parts, claims.doubled());
    return true;
  };
}

/**
 * Whoever was known before in the same login, and whose remark is gone, gets it again: his id says that it is he. What names
 * an account that is nobody's any more is taken away.
 */
async function putRight(parts: LoginParts, contact: string, shown: Shown): Promise<void> {
  const { store, claims, anchoring, remarks, becoming } = parts;
  const account = claims.accountOf(contact);
  if (account === undefined) {
    const isLeftOver = shown.account !== undefined && !shown.isValid;
    if (isLeftOver && !becoming.has(contact) && claims.saidOf(contact).length === 0)
      anchoring.insist(contact, '');
    return;
  }
  if (account === shown.account) return;
  const found = await store.database.rows.account.findFirst({
    where: { platform: WECHAT, externalId: account },
    select: { person: { select: { name: true } } },
  });
  if (found) anchoring.insist(contact, await remarks.write(found.person.name, account));
}
