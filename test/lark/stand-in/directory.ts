import { newId } from './ids.ts';

/** Somebody of the tenant. A test may change any field but the ids; what follows from it follows at the next call. */
export interface Person {
  readonly openId: string;
  readonly unionId: string;
  readonly userId: string;
  name: string;
  /** Open department ids; `0` is the company itself. */
  departments: string[];
  leader?: string;
  mobile?: string;
  email?: string;
  jobTitle?: string;
  employeeNo?: string;
  isResigned: boolean;
  isFrozen: boolean;
  isActivated: boolean;
  /** Whether the app may read him: else 41050, and no events about him. */
  inContactRange: boolean;
}

export interface Department {
  readonly openDepartmentId: string;
  readonly departmentId: string;
  name: string;
  /** Open department id of the department above; `0` is the company itself. */
  parent: string;
  /** Open id of its head. */
  leader?: string;
  order: number;
  inContactRange: boolean;
}

export interface Group {
  readonly chatId: string;
  name: string;
  /** Open ids. */
  readonly members: Set<string>;
  hasBot: boolean;
  dissolved: boolean;
}

/** Who is in the tenant, as its administrators keep it. Nothing here pushes an event: a test does that by `push`. */
export interface StandInDirectory {
  readonly people: ReadonlyMap<string, Person>;
  readonly departments: ReadonlyMap<string, Department>;
  readonly groups: ReadonlyMap<string, Group>;
  /** Whether the app may read the whole company; without it department `0` is refused with 40004. */
  wholeCompany: boolean;
  /** He has no department of his own unless some are named: he stands in the company itself. */
  addPerson(person: { name: string } & Partial<Person>): Person;
  addDepartment(department: { name: string } & Partial<Department>): Department;
  addGroup(group: { name?: string; members: readonly string[]; chatId?: string }): Group;
  /** The person was deleted: no call finds him any more. */
  removePerson(openId: string): void;
  removeDepartment(openDepartmentId: string): void;
}

/** A directory, with nobody in it. */
export function newDirectory(): StandInDirectory {
  const people = new Map<string, Person>();
  const departments = new Map<string, Department>();
  const groups = new Map<string, Group>();
  return {
    people,
    departments,
    groups,
    wholeCompany: true,
    addPerson(given) {
      const person = newPerson(given);
      people.set(person.openId, person);
      return person;
    },
    addDepartment(given) {
      const department = {
        openDepartmentId: newId('od-'),
        departmentId: newId().slice(0, 12),
        parent: '0',
        order: departments.size + 1,
        inContactRange: true,
        ...given,
      };
      departments.set(department.openDepartmentId, department);
      return department;
    },
    addGroup({ name = '示例群', members, chatId = newId('oc_') }) {
      const group = { chatId, name, members: new Set(members), hasBot: true, dissolved: false };
      groups.set(chatId, group);
      return group;
    },
    removePerson(openId) {
      people.delete(openId);
    },
    removeDepartment(openDepartmentId) {
      departments.delete(openDepartmentId);
    },
  };
}

const newPerson = (given: { name: string } & Partial<Person>): Person => ({
  openId: newId('ou_'),
  unionId: newId('on_'),
  userId: newId().slice(0, 8),
  departments: ['0'],
  isResigned: false,
  isFrozen: false,
  isActivated: true,
  inContactRange: true,
  ...given,
});
