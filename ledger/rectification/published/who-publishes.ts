import type { Person } from '../../directory.ts';
import type { Role } from '../../role.ts';

/** Who prepares the published report and who answers for it: they all see the whole ledger. */
const PUBLISHERS: readonly Role[] = ['secretary', 'discipline', 'resident', 'supervisor'];

export const mayPublish = ({ roles }: Person): boolean => roles.some((role) => PUBLISHERS.includes(role));
