import type { Department, Departments } from './departments.ts';
import { type DirectorySnapshot, ROOT, type SnapshotDepartment } from './snapshot.ts';

/**
 * Brings the departments in line with the snapshot's: found by their link, else by their exact name, else made; renamed
 * where the platform calls them otherwise now. Of two with one name the second is called 「上级/本名」. None is ever
 * removed.
 * @returns sentences about names that could not be given
 */
export async function syncDepartments(
  departments: Departments,
  snapshot: DirectorySnapshot,
): Promise<string[]> {
  const tree = inTreeOrder(snapshot.departments);
  const linked = tree.flatMap(({ externalId, names, above }) => {
    const department = departments.linkedTo(snapshot.platform, externalId);
    return department ? [{ department, names: withKeptName(department, names, above) }] : [];
  });
  const { renamed, conflicts } = newNames(linked, departments);
  await departments.rename(renamed);
  const isTaken = takenOn(snapshot);
  for (const { externalId, names } of tree) {
    if (departments.linkedTo(snapshot.platform, externalId)) continue;
    const name = names.find((each) => !isTaken(departments.named(each))) ?? externalId;
    await departments.link((await departments.ensure(name)).id, snapshot.platform, externalId);
  }
  return conflicts;
}

/** A department of the snapshot and what it may be called, the best first. */
interface Node {
  externalId: string;
  names: string[];
  /** Names of the departments above, the nearest first; `undefined` where the snapshot does not tell. */
  above: string[] | undefined;
}

/** Those above first, so that they get the plain name; otherwise in an order that does not depend on the snapshot's. */
function inTreeOrder(departments: readonly SnapshotDepartment[]): Node[] {
  const byId = new Map(departments.map((department) => [department.externalId, department]));
  const nodes = [...byId.values()].map(({ externalId, name }) => {
    const above = ancestors(externalId, byId);
    const names = [name];
    for (const each of above ?? []) names.push(`${each}/${names.at(-1)}`);
    return { externalId, depth: above?.length ?? 1, names: [...names, `${name}（${externalId}）`], above };
  });
  return nodes.sort((a, b) => a.depth - b.depth || (a.externalId < b.externalId ? -1 : 1));
}

/** A circle ends where it closes. */
function ancestors(externalId: string, byId: ReadonlyMap<string, SnapshotDepartment>): string[] | undefined {
  const names: string[] = [];
  const seen = new Set([externalId]);
  for (let above = byId.get(externalId)?.parentId; above !== undefined && above !== ROOT; ) {
    const parent = byId.get(above);
    if (!parent) return undefined;
    if (seen.has(above)) break;
    seen.add(above);
    names.push(parent.name);
    above = parent.parentId;
  }
  return names;
}

/** Where the snapshot does not say what stands above, 「上级/本名」 stays. */
function withKeptName({ name }: Department, names: string[], above: string[] | undefined): string[] {
  const [plain = '', ...others] = names;
  return above === undefined && name.endsWith(`/${plain}`) ? [plain, name, ...others] : names;
}

interface Linked {
  department: Department;
  names: string[];
}

function newNames(
  linked: readonly Linked[],
  departments: Departments,
): { renamed: Map<string, string>; conflicts: string[] } {
  const own = new Set(linked.map(({ department }) => department.id));
  const foreign = new Set(
    departments
      .all()
      .filter(({ id }) => !own.has(id))
      .map(({ name }) => name),
  );
  const isStuck = ({ department, names: [plain = ''], names }: Linked) =>
    foreign.has(plain) && !names.includes(department.name);
  const stays = (each: Linked) => each.department.name === each.names[0] || isStuck(each);
  const given = new Set(linked.filter(stays).map(({ department }) => department.name));
  const renamed = new Map<string, string>();
  for (const { department, names } of linked.filter((each) => !stays(each))) {
    const name = names.find((each) => !given.has(each) && !foreign.has(each)) ?? department.name;
    given.add(name);
    if (name !== department.name) renamed.set(department.id, name);
  }
  return { renamed, conflicts: linked.filter(isStuck).map(nameTaken) };
}

const nameTaken = ({ department, names: [plain] }: Linked): string =>
  `通讯录里「${department.name}」已改名为「${plain}」，而台账里另有一个「${plain}」：未改名，请核对这两个科室。`;

/** Whether a department already stands for another one of the snapshot. */
function takenOn({ platform, isComplete, departments }: DirectorySnapshot) {
  const present = new Set(departments.map(({ externalId }) => externalId));
  return (department: Department | undefined): boolean =>
    department?.links.some(
      (link) => link.platform === platform && (!isComplete || present.has(link.externalId)),
    ) === true;
}
