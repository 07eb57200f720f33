import { dataSchema } from '../../ledger/rectification/data.ts';
import type { Store } from '../../ledger/store.ts';
import type { Standing } from './second-calculation.ts';

/** The measures as they stand, with people's names. */
export async function standingsOf({ database }: Store): Promise<Standing[]> {
  const { rows } = database;
  const people = await rows.person.findMany({ select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const found = await rows.entry.findMany({
    where: { ledger: 'rectification', children: { none: {} }, parentId: { not: null } },
    include: { people: true },
    orderBy: { position: 'asc' },
  });
  return found.map(({ ref, state, dueOn, data, people: taking }) => {
    const item = dataSchema.parse(data);
    const named = (part: string) =>
      taking.flatMap((each) => (each.part === part ? [names.get(each.personId) ?? ''] : []));
    return {
      ...{ ref, state, dueOn, responsible: named('responsible'), leaders: named('leader') },
      assignedOn: item.level === 'round' ? undefined : item.assignedOn,
      isLasting: item.level !== 'round' && item.category === 'lasting',
    };
  });
}
