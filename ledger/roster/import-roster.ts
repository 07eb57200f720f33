import type { PassedOn } from '../leave.ts';
import type { Operation } from '../operation.ts';
import { openDepartments } from './departments.ts';
import type { RosterRow } from './read-roster.ts';
import { type Account, openRoll, type RecordedPerson, type Roll } from './roll.ts';
import { settlePeople } from './settle-people.ts';

/** What an import of the roster did: names, and of the leavers' items refs. */
export interface RosterImport extends PassedOn {
  added: string[];
  changed: string[];
  /** Got the account that the roster gives them. */
  bound: string[];
  left: string[];
  /** Had left and work here again, with the roles that the roster gives them. */
  returned: string[];
  unchanged: number;
}

/**
 * Brings the directory in line with the roster, by staff number, and does what follows from it: recusals are asked anew,
 * and what leavers had passes on. Whoever is not in it stays as he is, unless the roster is said to be complete: then he
 * has left.
 */
export async function importRoster(
  operation: Operation,
  roster: readonly RosterRow[],
  { isComplete = false }: { isComplete?: boolean } = {},
): Promise<RosterImport> {
  const roll = await openRoll(operation);
  const departments = await openDepartments(operation);
  const importing: Importing = {
    roll,
    added: [],
    changed: [],
    bound: [],
    left: [],
    returned: [],
    unchanged: 0,
  };
  for (const row of roster) {
    await importPerson(importing, row, (await departments.ensure(row.department)).id);
  }
  if (isComplete) {
    const staying = new Set(roster.map(({ staffNumber }) => staffNumber));
    const missing = roll.everybody().filter((each) => each.active && !staying.has(each.staffNumber));
    for (const person of missing) await letGo(importing, person);
  }
  const { roll: _, left, ...result } = importing;
  const isChanged = roster.length > result.unchanged || left.length > 0;
  const leavers = left.map(({ id }) => id);
  const passedOn = isChanged ? await settlePeople(operation, leavers) : { passedOn: [], orphaned: [] };
  return { ...result, left: left.map(({ name }) => name), ...passedOn };
}

interface Importing extends Omit<RosterImport, 'left' | keyof PassedOn> {
  roll: Roll;
  left: RecordedPerson[];
}

async function importPerson(importing: Importing, row: RosterRow, departmentId: string): Promise<void> {
  const { staffNumber, name, post, roles, isHead } = row;
  const { roll } = importing;
  const account =
    row.larkAccount === undefined ? undefined : { platform: 'lark', externalId: row.larkAccount };
  const data = { staffNumber, name, post, roles, isHead, departmentId };
  const known = roll.withNumber(staffNumber) ?? standingIn(roll, account);
  if (known && !known.active) importing.returned.push(name);
  const { id } = known ?? (await roll.add(data));
  const isChanged = await roll.change(id, { ...data, active: true });
  const isBound = account !== undefined && (await bind(importing, id, account));
  if (!known) importing.added.push(name);
  else if (isChanged) importing.changed.push(name);
  if (isBound) importing.bound.push(name);
  if (known && !isChanged && !isBound) importing.unchanged += 1;
}

/** Who came in by his account alone and has only a stand-in for a number: the roster gives him his. */
function standingIn(roll: Roll, account: Account | undefined): RecordedPerson | undefined {
  const owner = account && roll.withAccount(account);
  return owner && isStandIn(owner, account) ? owner : undefined;
}

const isStandIn = ({ staffNumber }: RecordedPerson, { platform, externalId }: Account): boolean =>
  staffNumber === `${platform}:${externalId}`;

/** The roster's word counts: the account goes over to the person from whoever has it, and takes the place of his own. */
async function bind(importing: Importing, id: string, account: Account): Promise<boolean> {
  const { roll } = importing;
  const owner = roll.withAccount(account);
  if (owner?.id === id) return false;
  if (owner) {
    await roll.unbind(owner.id, account);
    // There was nothing to him but this account.
    if (owner.active && isStandIn(owner, account)) await letGo(importing, owner);
  }
  for (const own of roll.get(id).accounts.filter(({ platform }) => platform === account.platform)) {
    await roll.unbind(id, own);
  }
  await roll.bind(id, account);
  return true;
}

async function letGo({ roll, left }: Importing, person: RecordedPerson): Promise<void> {
  await roll.letGo(person.id);
  left.push(person);
}
