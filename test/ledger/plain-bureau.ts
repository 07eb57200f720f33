import type { Directory, Person } from '../../ledger/directory.ts';

/** Somebody of a bureau that stands in no record; his name is his id unless another is given. */
export const someone = (id: string, more: Partial<Person> = {}): Person => ({
  ...{ id, name: id, staffNumber: id, departmentId: 'd1', department: '示例科', post: '' },
  ...{ roles: [], isHead: false, active: true },
  ...more,
});

/** Who works there: a rule is asked about them without a record around it. */
export function plainBureau(everybody: readonly Person[]): Directory {
  const people = everybody.filter(({ active }) => active);
  return {
    people,
    byId: (id) => everybody.find((person) => person.id === id),
    named: (name) => people.filter((person) => person.name === name),
    withRole: (role) => people.filter(({ roles }) => roles.includes(role)),
    headOf: (departmentId) => people.find((person) => person.isHead && person.departmentId === departmentId),
    departmentNamed: () => undefined,
    options: () => [],
  };
}
