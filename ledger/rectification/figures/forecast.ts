import type { DigestWeek } from '../../digest-week.ts';
import type { Section } from '../../message.ts';
import { OPEN } from '../data.ts';
import { inRosterOrder, UNASSIGNED } from './departments.ts';
import { ITEMS } from './figures.ts';

/** What falls due this week and the next, by department; nothing, no section. */
export async function forecast({
  entries,
  today,
  monday,
  directory,
  store: { calendar },
}: DigestWeek): Promise<Section[]> {
  const next = calendar.addDays(monday, 7);
  const weeks = [
    { name: '本周', from: today, to: calendar.addDays(next, -1) },
    { name: '下周', from: next, to: calendar.addDays(next, 6) },
  ];
  const lines: string[] = [];
  for (const { name, from, to } of weeks) {
    const due = { dueAfter: calendar.addDays(from, -1), dueBefore: calendar.addDays(to, 1) };
    const groups = await entries.groups({ ...ITEMS, states: OPEN, ...due }, 'figure');
    const by = new Map<string | null, number>();
    for (const { departmentId, count } of groups) by.set(departmentId, (by.get(departmentId) ?? 0) + count);
    const total = [...by.values()].reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    const { departments, unassigned } = inRosterOrder(by, directory, (rest) =>
      rest.reduce((sum, count) => sum + count, 0),
    );
    const where = [
      ...(departments.length > 0
        ? [departments.map(({ name, figures }) => `${name} ${figures}`).join('、')]
        : []),
      ...(unassigned === undefined ? [] : [`${UNASSIGNED} ${unassigned}`]),
    ].join('；');
    lines.push(`${name}（${from.slice(5)} 至 ${to.slice(5)}）${total} 项：${where}`);
  }
  return lines.length > 0 ? [{ heading: '两周内到期', lines }] : [];
}
