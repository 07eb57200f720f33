import { hash } from 'node:crypto';
import type { EntryRow } from '../../prisma/audit-pages.ts';
import { canonicalJson } from '../../prisma/canonical-json.ts';
import type { Row } from '../../prisma/database.ts';
import { sealedDigest } from '../seal.ts';

/** An entry as far as it is covered by the chain; its instants as they are, or as JSON has them. */
export type CoveredEntry = EntryRow;

/** A person as far as he is covered: who may do what is decided by these. */
export type CoveredPerson = Pick<
  Row.PersonModel,
  'id' | 'staffNumber' | 'name' | 'departmentId' | 'post' | 'roles' | 'isHead' | 'active'
> & { accounts: readonly ExternalId[] };

/** A department as far as it is covered. */
export type CoveredDepartment = Pick<Row.DepartmentModel, 'id' | 'name'> & { links: readonly ExternalId[] };

interface ExternalId {
  platform: string;
  externalId: string;
}

export const sha256 = (bytes: Uint8Array | string): Buffer => hash('sha256', bytes, 'buffer');

/** SHA-256, hexadecimal, of everything an entry says: if the row is changed behind the chain, this no longer fits. */
export function entryDigest(entry: CoveredEntry): string {
  // `refOrder` repeats the ref.
  const { people, recusals, sealed, refOrder: _, ...row } = entry;
  return digest({
    ...row,
    sealed: sealed ? sealedDigest(sealed).toString('hex') : null,
    people: people.map(({ part, personId }) => `${part}/${personId}`).sort(),
    recusals: recusals.map(({ mark }) => mark).sort(),
  });
}

/** Without an account it is what it was before accounts were covered, so that chains written then still hold. */
export function personDigest(person: CoveredPerson): string {
  const { id, staffNumber, name, departmentId, post, roles, isHead, active } = person;
  const accounts = listed(person.accounts);
  return digest({
    ...{ id, staffNumber, name, departmentId, post, roles, isHead, active },
    ...(accounts.length > 0 && { accounts }),
  });
}

export const departmentDigest = ({ id, name, links }: CoveredDepartment): string =>
  digest({ id, name, links: listed(links) });

const listed = (ids: readonly ExternalId[]): string[] =>
  ids.map(({ platform, externalId }) => `${platform}:${externalId}`).sort();

const digest = (value: unknown) => sha256(canonicalJson(value)).toString('hex');
