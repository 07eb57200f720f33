import type { Store } from '../../ledger/store.ts';
import { larkVariables } from '../lark/lark-variables.ts';
import { openStandIn, type StandIn } from '../lark/stand-in/stand-in.ts';
import { BEGIN } from './bureaus.ts';

/** The bureau's people in Feishu: one tenant for all worlds, so that the same person has the same account in each. */
export interface Tenant {
  readonly standIn: StandIn;
  /** Settings that bring a bot into it. */
  readonly variables: Readonly<Record<string, string>>;
  openIdOf(name: string): string;
  /** By which messages and signatures are dated: the world that speaks has the time. */
  setClock(at: Date): void;
  /** How many messages the person had when the worlds parted. */
  countBefore(name: string): number;
  /** From here on the worlds part. */
  part(): void;
  close(): Promise<void>;
}

/** So wide that nothing has to wait. */
const WIDE = { perSecond: 1000, perMinute: 60_000, perPerson: 100, perGroup: 100, perCard: 100 };

export async function openTenant({ database: { rows } }: Store): Promise<Tenant> {
  let at = BEGIN;
  const standIn = await openStandIn({ limits: WIDE, now: () => at.getTime() });
  const { directory } = standIn;
  const departments = new Map<string, string>();
  for (const { id, name } of await rows.department.findMany())
    departments.set(id, directory.addDepartment({ name }).openDepartmentId);
  const openIds = new Map<string, string>();
  for (const { name, staffNumber, post, departmentId, isHead } of await rows.person.findMany()) {
    const department = departments.get(departmentId) ?? '0';
    const given = { name, employeeNo: staffNumber, jobTitle: post, departments: [department] };
    const { openId } = directory.addPerson(given);
    const known = directory.departments.get(department);
    if (isHead && known) known.leader = openId;
    openIds.set(name, openId);
  }
  const openIdOf = (name: string): string => {
    const found = openIds.get(name);
    if (!found) throw new Error(`Nobody in this tenant is called ${name}`);
    return found;
  };
  const counts = new Map<string, number>();
  return {
    standIn,
    variables: { ...larkVariables(standIn), LARK_TRANSPORT: 'webhook', LOCAL_CHAT: 'on' },
    openIdOf,
    setClock(to) {
      at = to;
    },
    countBefore: (name) => counts.get(name) ?? 0,
    part() {
      for (const name of openIds.keys()) counts.set(name, standIn.messages(openIdOf(name)).length);
    },
    close: () => standIn.close(),
  };
}
