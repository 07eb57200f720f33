import { WECHAT } from '../../ledger/binding/by-code.ts';
import type { Contact, FriendshipReport } from './protocol.ts';

export { WECHAT };

/**
 * Who is who on WeChat. Ids may be others after each login, so the ledger knows an account by an id of its own, and a contact
 * is known by a remark that the service signed. Whoever it knows nothing of is a stranger, and a stranger is not answered:
 * not even that there is anything to ask for.
 */
export interface Acquaintances {
  /** The login that goes on, or the last one: what an id means ends with it. */
  readonly login: Login;
  /** Somebody logged in, or nobody is logged in any more. */
  turned(isOnline: boolean): void;
  /**
   * The id under which the account is reached now; undefined: it is not among the contacts, or there is a doubt.
   * @throws SendFailure as long as the contacts are not known
   */
  contactOf(account: string): Promise<string | undefined>;
  /** Whether somebody who asks to be a friend becomes one; only friends can write in private. */
  befriends(asking: FriendshipReport): Promise<boolean>;
  stop(): void;
}

/** One login, and who its contacts are. */
export interface Login {
  /** Everybody the bot's account knows, some at a time, after the login. */
  met(contacts: readonly Contact[], last: boolean): Promise<void>;
  /** What the ledger knows the contact by; waits for the list of contacts, but not for ever. @returns undefined: a stranger */
  accountOf(contact: Contact): Promise<string | undefined>;
  /** A stranger wrote in private. */
  stranger(contact: Contact, said: Said): Promise<void>;
}

export interface Said {
  /** Of the message: a redelivery has the same. */
  key: string;
  text: string;
  at: Date;
}
