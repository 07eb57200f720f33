import type { Command } from 'commander';
import { readDirectory } from '../ledger/directory.ts';
import { operate } from '../ledger/operation.ts';
import { ROLES, type Role } from '../ledger/role.ts';
import { changeRoles, type RoleChange, readRole } from '../ledger/roster/change-roles.ts';
import type { Store } from '../ledger/store.ts';
import type { Desk } from './commands.ts';

interface Options {
  json?: boolean;
}

const KNOWN = Object.entries(ROLES)
  .map(([role, label]) => `${label} (${role})`)
  .join(', ');

export function addRole(program: Command, desk: Desk): void {
  const command = program.command('role').description('Who may do what. Roles are never taken from a chat');
  const acts = [
    ['give', 'give roles to somebody'],
    ['take', 'take roles from somebody'],
  ] as const;
  for (const [act, description] of acts) {
    command
      .command(`${act} <person> <role...>`)
      .description(`${description}: a staff number, or a name that only one bears; ${KNOWN}`)
      .option('--json', 'print the result as JSON')
      .action(async (person: string, typed: string[], options: Options) => {
        const roles = typed.map(readRole);
        const result = await desk.withStore((store) =>
          operate(store, { actor: 'command:role', at: desk.now() }, (operation) =>
            changeRoles(operation, act, { person, roles }),
          ),
        );
        desk.print(result, options.json, [sentence(act, result)]);
      });
  }
  command
    .command('list')
    .description('who has which role')
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      const held = await desk.withStore(holders);
      desk.print(held, options.json, held.map(holdersLine));
    });
}

const labels = (roles: readonly Role[]): string => roles.map((role) => ROLES[role]).join('、');

function sentence(act: 'give' | 'take', { name, staffNumber, roles, changed }: RoleChange): string {
  const now = `现有角色：${labels(roles) || '无'}。`;
  if (changed.length === 0) return `${name}（${staffNumber}）没有变化，${now}`;
  return `${name}（${staffNumber}）已${act === 'give' ? '担任' : '不再担任'}${labels(changed)}，${now}`;
}

interface Holders {
  role: Role;
  people: { staffNumber: string; name: string; department: string }[];
}

async function holders({ database }: Store): Promise<Holders[]> {
  const directory = await readDirectory(database.rows);
  return Object.keys(ROLES).map((key) => {
    const role = key as Role;
    const people = directory
      .withRole(role)
      .map(({ staffNumber, name, department }) => ({ staffNumber, name, department }));
    return { role, people };
  });
}

function holdersLine({ role, people }: Holders): string {
  const named = people.map(({ staffNumber, name, department }) => `${name}（${staffNumber}，${department}）`);
  return `${ROLES[role]}：${named.join('、') || '无'}`;
}
