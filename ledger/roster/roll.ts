import { v7 as uuidv7 } from 'uuid';
import type { Row } from '../../prisma/database.ts';
import { personDigest } from '../audit/digest.ts';
import { isBoundByCode } from '../binding/by-code.ts';
import type { Operation } from '../operation.ts';
import type { Role } from '../role.ts';

/** What the record says of a person beside his accounts. */
export interface PersonData {
  staffNumber: string;
  name: string;
  departmentId: string;
  post: string;
  /** Holds `head` exactly when `isHead`: whoever gives the one gives the other. */
  roles: readonly Role[];
  isHead: boolean;
  active: boolean;
}

export interface Account {
  platform: string;
  externalId: string;
}

export type RecordedPerson = Row.PersonModel & { accounts: Account[] };

/**
 * Everybody in the record, also who has left, as it stands while it is being changed. Each change of a person stands in
 * the audit chain, since roles and accounts decide who may do what.
 */
export interface Roll {
  everybody(): RecordedPerson[];
  /** @throws Error when there is nobody of that id */
  get(id: string): RecordedPerson;
  withNumber(staffNumber: string): RecordedPerson | undefined;
  withAccount(account: Account): RecordedPerson | undefined;
  add(person: Omit<PersonData, 'active'>, account?: Account): Promise<RecordedPerson>;
  /** @returns whether anything differed */
  change(id: string, change: Partial<PersonData>, step?: Step): Promise<boolean>;
  bind(id: string, account: Account): Promise<void>;
  unbind(id: string, account: Account): Promise<void>;
  /**
   * He has left: his history stays, his roles go and do not come back by themselves; so do the accounts that no directory
   * takes from him.
   */
  letGo(id: string): Promise<void>;
}

/** How a change is called in the chain, and what is kept with it, sealed. */
export interface Step {
  action: string;
  values?: unknown;
}

export const hasAccountOn = ({ accounts }: RecordedPerson, platform: string): boolean =>
  accounts.some((account) => account.platform === platform);

export const rolesOf = ({ roles }: Pick<RecordedPerson, 'roles'>): Role[] => roles as Role[];

const WITH_ACCOUNTS = { accounts: { select: { platform: true, externalId: true } } } as const;

export async function openRoll({ rows, trail }: Operation): Promise<Roll> {
  const index = new RollIndex(await rows.person.findMany({ include: WITH_ACCOUNTS, orderBy: { id: 'asc' } }));
  const record = async (person: RecordedPerson, step: Step) => {
    index.set(person);
    await trail.append({ ...step, subject: { kind: 'person', id: person.id, digest: personDigest(person) } });
    return person;
  };
  const change: Roll['change'] = async (id, asked, step = { action: 'roster.change' }) => {
    const known = index.get(id);
    const data = withHeadRole({ ...dataOf(known), ...asked });
    if (JSON.stringify(data) === JSON.stringify(dataOf(known))) return false;
    const row = await rows.person.update({ where: { id }, data });
    await record({ ...row, accounts: known.accounts }, step);
    return true;
  };
  const roll: Roll = {
    everybody: () => index.everybody(),
    get: (id) => index.get(id),
    withNumber: (staffNumber) => index.withNumber(staffNumber),
    withAccount: (account) => index.withAccount(account),
    async add(person, account) {
      const id = uuidv7();
      const row = await rows.person.create({ data: { id, ...withHeadRole({ ...person, active: true }) } });
      if (account) await rows.account.create({ data: { ...account, personId: id } });
      return record({ ...row, accounts: account ? [account] : [] }, { action: 'roster.add' });
    },
    change,
    async bind(personId, account) {
      await rows.account.create({ data: { ...account, personId } });
      const known = index.get(personId);
      await record({ ...known, accounts: [...known.accounts, account] }, { action: 'roster.bind' });
    },
    async unbind(personId, account) {
      const { platform, externalId } = account;
      await rows.account.delete({ where: { platform_externalId: { platform, externalId } } });
      const known = index.get(personId);
      const accounts = known.accounts.filter((each) => keyOf(each) !== keyOf(account));
      await record({ ...known, accounts }, { action: 'roster.unbind' });
    },
    async letGo(id) {
      for (const account of index.get(id).accounts)
        if (isBoundByCode(account.platform)) await roll.unbind(id, account);
      const roles = rolesOf(index.get(id));
      const values = roles.length > 0 ? { values: { roles } } : {};
      await change(id, { active: false, isHead: false, roles: [] }, { action: 'roster.leave', ...values });
    },
  };
  return roll;
}

const dataOf = (person: RecordedPerson) => ({
  staffNumber: person.staffNumber,
  name: person.name,
  departmentId: person.departmentId,
  post: person.post,
  roles: rolesOf(person),
  isHead: person.isHead,
  active: person.active,
});

function withHeadRole(data: PersonData): PersonData & { roles: Role[] } {
  const others = data.roles.filter((role) => role !== 'head');
  if (!data.isHead) return { ...data, roles: others };
  return { ...data, roles: data.roles.includes('head') ? [...data.roles] : [...others, 'head'] };
}

/** People by what they are looked up by. */
class RollIndex {
  readonly #byId = new Map<string, RecordedPerson>();
  readonly #byNumber = new Map<string, string>();
  readonly #byAccount = new Map<string, string>();

  constructor(people: readonly RecordedPerson[]) {
    for (const person of people) this.set(person);
  }

  set(person: RecordedPerson): void {
    const before = this.#byId.get(person.id);
    if (before) this.#byNumber.delete(before.staffNumber);
    for (const account of before?.accounts ?? []) this.#byAccount.delete(keyOf(account));
    this.#byId.set(person.id, person);
    this.#byNumber.set(person.staffNumber, person.id);
    for (const account of person.accounts) this.#byAccount.set(keyOf(account), person.id);
  }

  everybody = (): RecordedPerson[] => [...this.#byId.values()];

  get(id: string): RecordedPerson {
    const person = this.#byId.get(id);
    if (!person) throw new Error(`Nobody in the record has the id ${id}`);
    return person;
  }

  withNumber = (staffNumber: string) => this.#found(this.#byNumber.get(staffNumber));
  withAccount = (account: Account) => this.#found(this.#byAccount.get(keyOf(account)));
  #found = (id: string | undefined) => (id === undefined ? undefined : this.#byId.get(id));
}

const keyOf = ({ platform, externalId }: Account): string => `${platform}:${externalId}`;
