import type { DigestWeek } from '../../digest-week.ts';
import type { Group } from '../../entry.ts';
import type { Section } from '../../message.ts';
import { periodWith } from '../../period.ts';
import { OPEN } from '../data.ts';
import { readFacets } from '../figures/facets.ts';
import { CLOSED, countOverdue, DEFERRED, ITEMS, RELAPSED, STALLED, STEPPED } from '../figures/figures.ts';
import { overdueWord } from '../figures/words.ts';

/** What the week before changed, and how the ledger stands. */
export async function overview(week: DigestWeek): Promise<Section[]> {
  return [{ heading: '整改台账', lines: [await changes(week), ...(await standing(week))] }];
}

async function changes({ entries, monday, store: { calendar } }: DigestWeek): Promise<string> {
  const between = {
    from: calendar.instantOf(calendar.addDays(monday, -7), '00:00'),
    to: calendar.instantOf(monday, '00:00'),
  };
  const after = async (action: string) =>
    total(await entries.groups(STEPPED, 'figure', { actions: [action], between }));
  const added = await entries.figure({ ...ITEMS, createdBetween: between });
  const closed = await entries.figure({ ...ITEMS, states: CLOSED, closedBetween: between });
  const rest = [
    ['延期', await after(DEFERRED)],
    ['暂难', await after(STALLED)],
    ['反弹', await after(RELAPSED)],
  ] as const;
  const more = rest.filter(([, count]) => count > 0).map(([name, count]) => ` · ${name} ${count}`);
  return `上周新增 ${added} · 销号 ${closed}${more.join('')}`;
}

async function standing({ entries, today, ledger, store: { calendar } }: DigestWeek): Promise<string[]> {
  const groups = await entries.groups({ ...ITEMS, states: OPEN }, 'figure');
  const stalled = groups.filter(({ state }) => state === 'stalled');
  const lasting = groups.filter((group) => !stalled.includes(group) && readFacets(group.facets).lasting);
  const open = groups.filter((group) => !stalled.includes(group) && !lasting.includes(group));
  const over = await countOverdue({ entries, among: 'figure', today });
  const year = periodWith(today, 'year', calendar);
  const closed = await entries.figure({ ...ITEMS, states: CLOSED, closedBetween: year });
  const named = (name: string, figure: number) => (figure > 0 ? [`${name} ${figure}`] : []);
  const states = OPEN.flatMap((state) =>
    named(ledger.states[state]?.label ?? state, total(open.filter((group) => group.state === state))),
  );
  const apart = [...named('暂难', total(stalled)), ...named('长期', total(lasting))];
  const parts = [`在办 ${total(open)}`, ...apart].join(' · ');
  return [
    [
      // What is overdue is counted among all that are not closed, whatever they are called.
      apart.length > 0 ? `未销号 ${total(groups)}（${parts}）` : parts,
      ...(over.overdue > 0 ? [`其中逾期 ${overdueWord(over)}`] : []),
      ...named('今年已销号', closed),
    ].join(' · '),
    ...(states.length > 0 ? [`在办中：${states.join(' · ')}`] : []),
  ];
}

const total = (groups: readonly Group[]): number => groups.reduce((sum, { count }) => sum + count, 0);
