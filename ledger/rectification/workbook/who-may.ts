import type { Person } from '../../directory.ts';
import { Refusal } from '../../refusal.ts';

/** Who takes the ledger in and out as a table: those who give its items out. */
export const keepsTables = (person: Person): boolean =>
  person.roles.some((role) => role === 'supervisor' || role === 'discipline');

/** @throws Refusal `not-permitted` */
export function requireKeeper(person: Person): void {
  if (!keepsTables(person))
    throw new Refusal('not-permitted', '整改台账的表格由督查员、纪检监察员导入和导出。');
}
