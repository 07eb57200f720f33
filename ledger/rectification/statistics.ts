import type { Entry, Situation } from '../define.ts';
import type { Directory } from '../directory.ts';
import type { Entries } from '../entry.ts';
import type { TableContent } from '../message.ts';

/** Items by department: all, closed, overdue. No ranking: departments stand in the order of the roster. */
export async function statistics(
  entries: Entries,
  { today, directory }: Pick<Situation, 'today' | 'directory' | 'rules'>,
): Promise<TableContent[]> {
  const items = await entries.list({ ledger: 'rectification', leaf: true });
  if (items.length === 0) return [];
  const groups = departments(directory).map(({ id, name }) => ({
    name,
    items: items.filter((item) => item.departmentId === id),
  }));
  groups.push({ name: '待分派', items: items.filter((item) => item.departmentId === null) });
  const rows = groups
    .filter((group) => group.items.length > 0)
    .map(({ name, items }) => [name, ...figures(items, today)]);
  return [
    {
      kind: 'table',
      title: '整改台账统计',
      columns: ['责任科室', '事项', '已销号', '在办', '逾期'],
      rows: [...rows, ['合计', ...figures(items, today)]],
      footer: [`截至 ${today}`],
      actions: [],
    },
  ];
}

function departments(directory: Directory): { id: string; name: string }[] {
  const seen = new Map(directory.people.map(({ departmentId, department }) => [departmentId, department]));
  return [...seen].map(([id, name]) => ({ id, name }));
}

function figures(items: readonly Entry[], today: string): string[] {
  const closed = items.filter(({ closedAt }) => closedAt !== null).length;
  const overdue = items.filter((item) => isOverdue(item, today)).length;
  return [items.length, closed, items.length - closed, overdue].map(String);
}

/** Not closed though its date has passed, with whomever it is: its own office or those who review. */
export function isOverdue({ closedAt, dueOn }: Entry, today: string): boolean {
  return closedAt === null && dueOn !== null && dueOn < today;
}
