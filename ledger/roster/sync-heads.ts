import { hasAccountOn, type RecordedPerson } from './roll.ts';
import * as conflict from './sync-conflicts.ts';
import type { Syncing } from './sync-person.ts';

/**
 * Whoever heads the department that he belongs to, and nobody else with an account, is its head; asked only of
 * departments of which the snapshot tells. A head of the roster's without an account stays.
 */
export async function syncHeads(syncing: Syncing): Promise<void> {
  const { snapshot, departments, roll } = syncing;
  const { platform } = snapshot;
  for (const { externalId, headId } of snapshot.departments) {
    const department = departments.linkedTo(platform, externalId);
    if (!department || headId === undefined) continue;
    const members = roll.everybody().filter((each) => each.active && each.departmentId === department.id);
    const isNamed = ({ accounts }: RecordedPerson) =>
      accounts.some((account) => account.platform === platform && account.externalId === headId);
    const before = members.find((each) => each.isHead && !hasAccountOn(each, platform));
    if (before && members.some(isNamed)) syncing.conflicts.push(conflict.twoHeads(before, department.name));
    for (const member of members.filter((each) => hasAccountOn(each, platform))) {
      const isHead = !before && isNamed(member);
      if (await roll.change(member.id, { isHead })) syncing.changed.add(member.id);
    }
  }
}
