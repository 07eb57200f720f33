import { v7 as uuidv7 } from 'uuid';
import type { Row } from '../../prisma/database.ts';
import { personDigest } from '../audit/digest.ts';
import type { Operation } from '../operation.ts';
import type { RosterRow } from './read-roster.ts';

/** What an import of the roster did. */
export interface RosterImport {
  added: string[];
  changed: string[];
  left: string[];
  unchanged: number;
}

/**
 * Brings the directory in line with the roster, by staff number. Whoever is not in it stays as he is, unless the roster
 * is said to be complete: then he has left. Each change of a person stands in the audit chain, since roles decide who
 * may do what.
 */
export async function importRoster(
  operation: Operation,
  roster: readonly RosterRow[],
  { isComplete = false }: { isComplete?: boolean } = {},
): Promise<RosterImport> {
  const result: RosterImport = { added: [], changed: [], left: [], unchanged: 0 };
  const departments = await ensureDepartments(operation, roster);
  for (const row of roster) {
    const departmentId = departments.get(row.department) ?? '';
    const known = await operation.rows.person.findUnique({ where: { staffNumber: row.staffNumber } });
    if (known && isSame(known, row, departmentId)) {
      result.unchanged += 1;
      continue;
    }
    await savePerson(operation, row, departmentId, known?.id);
    (known ? result.changed : result.added).push(row.name);
  }
  if (isComplete) result.left = await letGo(operation, roster);
  return result;
}

async function ensureDepartments(
  { rows }: Operation,
  roster: readonly RosterRow[],
): Promise<Map<string, string>> {
  const ids = new Map((await rows.department.findMany()).map(({ id, name }) => [name, id]));
  for (const { department } of roster) {
    if (ids.has(department)) continue;
    const id = uuidv7();
    await rows.department.create({ data: { id, name: department } });
    ids.set(department, id);
  }
  return ids;
}

const isSame = (known: Row.PersonModel, row: RosterRow, departmentId: string): boolean =>
  known.active &&
  known.name === row.name &&
  known.post === row.post &&
  known.isHead === row.isHead &&
  known.departmentId === departmentId &&
  JSON.stringify(known.roles) === JSON.stringify(row.roles);

/** Whoever works here and is not in the roster has left. @returns their names */
async function letGo({ rows, trail }: Operation, roster: readonly RosterRow[]): Promise<string[]> {
  const staying = roster.map(({ staffNumber }) => staffNumber);
  const leaving = await rows.person.findMany({ where: { active: true, staffNumber: { notIn: staying } } });
  for (const { id } of leaving) {
    const person = await rows.person.update({ where: { id }, data: { active: false } });
    await trail.append({
      action: 'roster.leave',
      subject: { kind: 'person', id, digest: personDigest(person) },
    });
  }
  return leaving.map(({ name }) => name);
}

async function savePerson(
  { rows, trail }: Operation,
  { staffNumber, name, post, roles, isHead }: RosterRow,
  departmentId: string,
  knownId: string | undefined,
): Promise<void> {
  const data = { name, post, roles: [...roles], isHead, departmentId, active: true };
  const id = knownId ?? uuidv7();
  const person = await rows.person.upsert({
    where: { staffNumber },
    create: { id, staffNumber, ...data },
    update: data,
  });
  await trail.append({
    action: knownId ? 'roster.change' : 'roster.add',
    subject: { kind: 'person', id, digest: personDigest(person) },
  });
}
