import { v7 as uuidv7 } from 'uuid';
import type { Row } from '../../prisma/database.ts';
import { departmentDigest } from '../audit/digest.ts';
import type { Operation } from '../operation.ts';

/** The departments of the record, as they stand while they are being changed; each change stands in the audit chain. */
export interface Departments {
  all(): Department[];
  byId(id: string): Department | undefined;
  named(name: string): Department | undefined;
  /** The department that a platform calls so. */
  linkedTo(platform: string, externalId: string): Department | undefined;
  /** The one of that name, made where there is none. */
  ensure(name: string): Promise<Department>;
  link(id: string, platform: string, externalId: string): Promise<void>;
  /** Gives new names, all at once, so that two may swap theirs. */
  rename(names: ReadonlyMap<string, string>): Promise<void>;
}

export type Department = Row.DepartmentModel & { links: { platform: string; externalId: string }[] };

const WITH_LINKS = { links: { select: { platform: true, externalId: true } } } as const;

export async function openDepartments({ rows, trail }: Operation): Promise<Departments> {
  const found = await rows.department.findMany({ include: WITH_LINKS, orderBy: { id: 'asc' } });
  const byId = new Map<string, Department>(found.map((department) => [department.id, department]));
  const all = () => [...byId.values()];
  const named = (name: string) => all().find((department) => department.name === name);
  /** Reads the row as it now is, and adds the record of it. */
  const record = async (id: string, action: string) => {
    const department = await rows.department.findUniqueOrThrow({ where: { id }, include: WITH_LINKS });
    byId.set(id, department);
    await trail.append({ action, subject: { kind: 'department', id, digest: departmentDigest(department) } });
    return department;
  };
  return {
    all,
    byId: (id) => byId.get(id),
    named,
    linkedTo: (platform, externalId) =>
      all().find(({ links }) =>
        links.some((link) => link.platform === platform && link.externalId === externalId),
      ),
    async ensure(name) {
      const known = named(name);
      if (known) return known;
      const { id } = await rows.department.create({ data: { id: uuidv7(), name } });
      return record(id, 'department.add');
    },
    async link(departmentId, platform, externalId) {
      await rows.departmentLink.create({ data: { platform, externalId, departmentId } });
      await record(departmentId, 'department.link');
    },
    async rename(names) {
      if (names.size > 1) {
        for (const id of names.keys()) await rows.department.update({ where: { id }, data: { name: id } });
      }
      for (const [id, name] of names) {
        await rows.department.update({ where: { id }, data: { name } });
        await record(id, 'department.rename');
      }
    },
  };
}
