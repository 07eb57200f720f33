/** Who says to be whom, in one login: contacts, and the accounts that their remarks name. */
export interface Claims {
  add(contact: string, account: string): void;
  /** By code: whatever is said of the contact otherwise does not count any more. */
  settle(contact: string, account: string): void;
  drop(contact: string): void;
  /** What of the contact is said, be it doubtful or not. */
  saidOf(contact: string): readonly string[];
  /** Whose contact it is; `undefined`: nobody's, or there is a doubt. */
  accountOf(contact: string): string | undefined;
  contactOf(account: string): string | undefined;
  /** Accounts that several contacts say to be. */
  doubled(): string[];
  /**
   * A new list: only these contacts are there, with what they say. What was settled stays; and whoever says nothing any more is
   * who he was, since an id does not change within a login: also where there was a doubt.
   */
  replace(list: ReadonlyMap<string, string | undefined>): void;
}

export function openClaims(): Claims {
  let byContact = new Map<string, ReadonlySet<string>>();
  const settled = new Map<string, string>();
  const of = (contact: string) => byContact.get(contact) ?? new Set<string>();
  const claiming = (account: string) =>
    [...byContact].flatMap(([contact, accounts]) => (accounts.has(account) ? [contact] : []));

  /** Two that say the same, or one that says two things: none of it counts. */
  function accountOf(contact: string): string | undefined {
    const [account, ...others] = of(contact);
    if (account === undefined || others.length > 0) return undefined;
    return claiming(account).length === 1 ? account : undefined;
  }

  return {
    add(contact, account) {
      if (settled.has(contact)) return;
      byContact.set(contact, new Set([...of(contact), account]));
    },
    settle(contact, account) {
      settled.set(contact, account);
      byContact.set(contact, new Set([account]));
    },
    drop(contact) {
      settled.delete(contact);
      byContact.delete(contact);
    },
    saidOf: (contact) => [...of(contact)],
    accountOf,
    contactOf(account) {
      const [contact] = claiming(account);
      return contact !== undefined && accountOf(contact) === account ? contact : undefined;
    },
    doubled() {
      const times = new Map<string, number>();
      for (const account of [...byContact.values()].flatMap((accounts) => [...accounts]))
        times.set(account, (times.get(account) ?? 0) + 1);
      return [...times].flatMap(([account, count]) => (count > 1 ? [account] : []));
    },
    replace(list) {
      const before = byContact;
      byContact = new Map(
        [...list].flatMap(([contact, account]): [string, ReadonlySet<string>][] => {
          const accounts = account === undefined ? before.get(contact) : new Set([account]);
          return accounts ? [[contact, accounts]] : [];
        }),
      );
      for (const [contact, account] of settled) byContact.set(contact, new Set([account]));
    },
  };
}
