import { readDirectory } from '../directory.ts';
import type { Operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import { ROLES, type Role } from '../role.ts';
import { openRoll, type RecordedPerson, rolesOf } from './roll.ts';

/** What somebody may do from now on, and what of it is new. */
export interface RoleChange {
  staffNumber: string;
  name: string;
  roles: Role[];
  /** Was given or taken. */
  changed: Role[];
}

/**
 * Gives roles to somebody, or takes them. He is named by his staff number, or by his name where only one bears it.
 * @throws Refusal for somebody unknown, and for a second 科室负责人
 */
export async function changeRoles(
  operation: Operation,
  act: 'give' | 'take',
  asked: { person: string; roles: readonly Role[] },
): Promise<RoleChange> {
  const roll = await openRoll(operation);
  const person = await personMeant(operation, roll.everybody(), asked.person);
  const before = rolesOf(person);
  const changed = [...new Set(asked.roles)].filter((role) => before.includes(role) === (act === 'take'));
  if (act === 'give' && changed.includes('head')) refuseSecondHead(roll.everybody(), person);
  const roles = act === 'give' ? [...before, ...changed] : before.filter((role) => !changed.includes(role));
  await roll.change(
    person.id,
    { roles, isHead: roles.includes('head') },
    { action: `role.${act}`, values: { roles: changed } },
  );
  return { staffNumber: person.staffNumber, name: person.name, roles: rolesOf(roll.get(person.id)), changed };
}

/**
 * @param typed its Chinese name or the key in the code
 * @throws Refusal `invalid-input`
 */
export function readRole(typed: string): Role {
  const found = Object.entries(ROLES).find(([role, label]) => typed === role || typed === label);
  if (found) return found[0] as Role;
  const known = Object.entries(ROLES).map(([role, label]) => `${label}（${role}）`);
  throw new Refusal('invalid-input', `没有「${typed.slice(0, 20)}」这个角色，应为：${known.join('、')}。`);
}

async function personMeant(
  { rows }: Operation,
  everybody: readonly RecordedPerson[],
  typed: string,
): Promise<RecordedPerson> {
  const said = typed.normalize('NFKC').trim();
  const here = everybody.filter(({ active }) => active);
  const numbered = here.filter(({ staffNumber }) => staffNumber === said);
  const [found, ...others] = numbered.length > 0 ? numbered : here.filter(({ name }) => name === said);
  if (!found) {
    throw new Refusal('unknown-person', `没有在职人员的工号或姓名是「${typed.slice(0, 50)}」，请核对。`);
  }
  if (others.length === 0) return found;
  const { people } = await readDirectory(rows);
  const named = people
    .filter(({ name }) => name === said)
    .map((each) => `${each.staffNumber}（${each.department}）`);
  throw new Refusal('invalid-input', `有 ${named.length} 位「${said}」，请改用工号：${named.join('、')}。`);
}

function refuseSecondHead(everybody: readonly RecordedPerson[], person: RecordedPerson): void {
  const head = everybody.find(
    (each) =>
      each.active && each.isHead && each.departmentId === person.departmentId && each.id !== person.id,
  );
  if (!head) return;
  const sentence = `${person.name}所在科室已有负责人${head.name}（${head.staffNumber}），只能有一人`;
  throw new Refusal('invalid-input', `${sentence}：请先取消其「${ROLES.head}」。`);
}
