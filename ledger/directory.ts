import { setImmediate as breathe } from 'node:timers/promises';
import type { Row, Rows } from '../prisma/database.ts';
import { metaValue } from '../prisma/every-message.ts';
import type { FieldOption } from './message.ts';
import type { Role } from './role.ts';

export interface Person {
  readonly id: string;
  readonly staffNumber: string;
  readonly name: string;
  readonly departmentId: string;
  readonly department: string;
  readonly post: string;
  readonly roles: readonly Role[];
  /** Heads the department he belongs to. */
  readonly isHead: boolean;
  readonly active: boolean;
}

/** Who works in the bureau: a picture taken when it was read. */
export interface Directory {
  /** All that work here now, in the order of their staff numbers. */
  readonly people: readonly Person[];
  /** Also finds who has left. */
  byId(id: string): Person | undefined;
  /** Those who bear the name; names are not unique. */
  named(name: string): readonly Person[];
  withRole(role: Role): readonly Person[];
  headOf(departmentId: string): Person | undefined;
  departmentNamed(name: string): { id: string; name: string } | undefined;
  /** The people as a form offers them. */
  options(): FieldOption[];
}

/** Triggers of the database give it another value, which was never there before, whenever a person or a department changes. */
const STAMP = 'directory-stamp';

/** By their stamps: no two databases, and no two states of one, ever have the same. */
const pictures = new Map<string, Directory>();
/** The service has one; a few tests have several bureaus at a time. */
const MOST_PICTURES = 4;

/** The same picture as before, as long as nobody changed: it is asked for with every message, and a province has 10,000 people. */
export async function readDirectory(rows: Rows): Promise<Directory> {
  const stamp = await metaValue(rows, STAMP);
  const known = pictures.get(stamp);
  if (known) return known;
  const directory = await readAnew(rows);
  // What changed between its pages belongs to no stamp.
  if ((await metaValue(rows, STAMP)) === stamp) keep(stamp, directory);
  return directory;
}

function keep(stamp: string, directory: Directory): void {
  const [oldest] = pictures.keys();
  if (oldest !== undefined && pictures.size >= MOST_PICTURES) pictures.delete(oldest);
  pictures.set(stamp, directory);
}

async function readAnew(rows: Rows): Promise<Directory> {
  const departments = await rows.department.findMany();
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  const everybody: Person[] = [];
  for (let page: Row.PersonModel[] | undefined; !page || page.length === PAGE; ) {
    const after = everybody.at(-1)?.staffNumber ?? '';
    if (page) await breathe();
    page = await rows.person.findMany({
      where: { staffNumber: { gt: after } },
      orderBy: { staffNumber: 'asc' },
      take: PAGE,
    });
    for (const { roles, ...person } of page)
      everybody.push({
        ...person,
        department: names.get(person.departmentId) ?? '',
        roles: roles as Role[],
      });
  }
  return directoryOf(everybody, departments);
}

/** SQLite answers without letting go of the thread: between pages, others are heard. */
const PAGE = 1000;

/** One of them, without the others. */
export async function readPerson(rows: Rows, id: string): Promise<Person | undefined> {
  const found = await rows.person.findUnique({ where: { id }, include: { department: true } });
  if (!found) return undefined;
  const { department, roles, ...person } = found;
  return { ...person, department: department.name, roles: roles as Role[] };
}

function directoryOf(
  everybody: readonly Person[],
  departments: readonly { id: string; name: string }[],
): Directory {
  const people = everybody.filter((person) => person.active);
  const byId = new Map(everybody.map((person) => [person.id, person]));
  return {
    people,
    byId: (id) => byId.get(id),
    named: (name) => people.filter((person) => person.name === name),
    withRole: (role) => people.filter((person) => person.roles.includes(role)),
    headOf: (departmentId) => people.find((person) => person.isHead && person.departmentId === departmentId),
    departmentNamed: (name) => departments.find((department) => department.name === name),
    options: () =>
      people.map((person) => ({
        value: person.id,
        label: `${person.name}（${person.department}${person.post}）`,
      })),
  };
}
