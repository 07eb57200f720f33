import type { Store } from '../../ledger/store.ts';
import type { Contact, FriendshipReport } from './protocol.ts';

export const WECHAT = 'wechat';

/**
 * Who is who on WeChat. Ids may be others after each login, so the ledger may know an account by something else; whoever
 * it knows nothing of is a stranger, and a stranger is not answered: not even that there is anything to ask for.
 */
export interface Acquaintances {
  /** What the ledger knows the contact by. @returns undefined: a stranger */
  accountOf(contact: Contact): Promise<string | undefined>;
  /** The id under which the account is reached in this login; undefined: it is not among the contacts. */
  contactOf(account: string): Promise<string | undefined>;
  /** Everybody the bot's account knows, some at a time, after each login. */
  met(contacts: readonly Contact[], last: boolean): Promise<void>;
  /** A stranger wrote in private. @returns what he is told, if anything */
  stranger(contact: Contact, text: string): Promise<string | undefined>;
  /** Whether somebody who asks to be a friend becomes one; only friends can write in private. */
  befriends(asking: FriendshipReport): Promise<boolean>;
}

/** Accounts by the contact's id as WeChat gives it: right where ids hold, and nobody is mistaken for another where they do not. */
export const acquaintancesById = ({ database }: Pick<Store, 'database'>): Acquaintances => {
  const isBound = async (externalId: string) =>
    (await database.rows.account.findUnique({
      where: { platform_externalId: { platform: WECHAT, externalId } },
      select: { personId: true },
    })) !== null;
  return {
    accountOf: async ({ id }) => ((await isBound(id)) ? id : undefined),
    contactOf: async (account) => account,
    met: async () => {},
    stranger: async () => undefined,
    befriends: async () => true,
  };
};
