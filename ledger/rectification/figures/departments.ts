import type { Directory } from '../../directory.ts';

/** The departments in the order of the roster: that of the lowest staff number in each. */
export function departmentsOf({ people }: Directory): { id: string; name: string }[] {
  const seen = new Map<string, string>();
  for (const { departmentId, department } of people)
    if (!seen.has(departmentId)) seen.set(departmentId, department);
  return [...seen].map(([id, name]) => ({ id, name }));
}

/** What departments have, and apart from them what none has yet. */
export interface ByDepartment<T> {
  departments: { name: string; figures: T }[];
  unassigned: T | undefined;
}

/**
 * One row a department that has something, in the order of the roster and never by its figures; then what stands with
 * departments in which nobody works any more.
 */
export function inRosterOrder<T>(
  by: ReadonlyMap<string | null, T>,
  directory: Directory,
  together: (rest: readonly T[]) => T,
): ByDepartment<T> {
  const known = departmentsOf(directory);
  const ids = new Set(known.map(({ id }) => id));
  const gone = [...by].flatMap(([id, figures]) => (id === null || ids.has(id) ? [] : [figures]));
  const departments = [
    ...known.flatMap(({ id, name }) => {
      const figures = by.get(id);
      return figures === undefined ? [] : [{ name, figures }];
    }),
    ...(gone.length > 0 ? [{ name: '已撤并的科室', figures: together(gone) }] : []),
  ];
  return { departments, unassigned: by.get(null) };
}

/** What it is called that no department has. */
export const UNASSIGNED = '未分派到科室';
