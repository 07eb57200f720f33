import { notByOf } from '../ledger/way-of-message.ts';
import type { Asking } from './define.ts';
import type { Week } from './message-weeks.ts';
import { platformTitle } from './platform-title.ts';

/** How many messages went by which way in these weeks, and how many of them since another way was of no use. */
export async function waysLine(
  { rows }: Asking,
  jobs: readonly string[],
  weeks: readonly Week[],
): Promise<string[]> {
  const [first] = weeks;
  if (!first) return [];
  const groups = await rows.outbox.groupBy({
    by: ['via', 'notBy'],
    where: { state: 'sent', job: { in: [...jobs] }, notBefore: { gte: first.from }, via: { not: null } },
    _count: { _all: true },
  });
  const ways = [...Map.groupBy(groups, ({ via }) => via ?? '')].map(([via, some]) => {
    const all = sum(some);
    const diverted = some.filter((group) => notByOf(group).length > 0);
    const instead = [...Map.groupBy(diverted, ({ notBy }) => notBy ?? '')].map(
      ([notBy, those]) => `${notBy.split(',').map(platformTitle).join('、')}未送达而改经 ${sum(those)} 条`,
    );
    return `${platformTitle(via)} ${all} 条${instead.length > 0 ? `（其中${instead.join('，')}）` : ''}`;
  });
  return ways.length === 0 ? [] : [`按渠道：${ways.join('；')}。`];
}

const sum = (groups: readonly { _count: { _all: number } }[]): number =>
  groups.reduce((total, { _count }) => total + _count._all, 0);
