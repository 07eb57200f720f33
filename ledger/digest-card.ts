import { setImmediate as breathe } from 'node:timers/promises';
import { headForPeople } from './audit/trail.ts';
import type { Ledger } from './define.ts';
import type { DigestWeek } from './digest-week.ts';
import type { Person } from './directory.ts';
import { type Entries, entriesFor, type Span } from './entry.ts';
import type { NoticeContent, Section } from './message.ts';
import type { Operation } from './operation.ts';
import type { Role } from './role.ts';
import { shownFigure, shownText } from './small-cells.ts';
import { weeklyTrend } from './weekly-trend.ts';

const READERS: readonly Role[] = ['secretary', 'leader', 'resident', 'discipline'];

/** By this word it is shown to who asks for it. */
export const DIGEST_WORD = '清廉周报';

/** Who gets it. */
export const readsDigest = ({ roles }: Person): boolean => roles.some((role) => READERS.includes(role));

type Seen = Pick<Operation, 'store' | 'rows' | 'at' | 'today' | 'directory'>;

/** The figures of the week before, the ledgers as they stand, and the head of the chain. @param head absent: none was given out yet */
export async function digestCard(
  seen: Seen,
  reader: Person,
  head: string | undefined,
): Promise<NoticeContent> {
  const { store, today } = seen;
  const monday = store.calendar.addDays(store.calendar.mondayOf(today), -7);
  return {
    kind: 'notice',
    title: `${DIGEST_WORD}（${monday} 至 ${store.calendar.addDays(monday, 6)}）`,
    tone: 'plain',
    sections: [
      ...(await ledgerSections(seen, reader, monday)),
      ...(head === undefined
        ? []
        : [
            {
              heading: '存证链首',
              lines: [headForPeople(head), '请留存本条或抄入纸质周报；记录若被删改，用它可以查出。'],
            },
          ]),
    ],
    actions: [{ action: '统计', label: '统计' }],
  };
}

/** Each ledger whose figures are for this reader: what it tells of itself, or what the week brought and how it stands. */
async function ledgerSections(seen: Seen, reader: Person, lastMonday: string): Promise<Section[]> {
  const { store, rows, at, today, directory } = seen;
  const entries = entriesFor(store, rows, reader);
  const monday = store.calendar.addDays(lastMonday, 7);
  const sections: Section[] = [];
  for (const ledger of store.ledgers.filter((each) => each.overseenBy(reader))) {
    const week = { ledger, reader, entries, at, today, monday, directory, store };
    sections.push(...((await ledger.digest?.(week)) ?? [await plainSection(week)]));
    // Between two, others are heard: SQLite answers without letting go of the thread.
    await breathe();
  }
  return sections;
}

async function plainSection({ ledger, entries, monday, today, store }: DigestWeek): Promise<Section> {
  const { calendar, rules } = store;
  const between = {
    from: calendar.instantOf(calendar.addDays(monday, -7), '00:00'),
    to: calendar.instantOf(monday, '00:00'),
  };
  const smallest = rules.statistics.smallestCell;
  const shown = (figure: number) =>
    ledger.hidesSmallFigures ? shownText(shownFigure(figure, smallest), smallest) : `${figure}`;
  const section = await ledgerSection(entries, ledger, { between, today, shown });
  // Of a sealed ledger a leader is given totals only.
  const chart = ledger.contents ? undefined : await weeklyTrend(entries, ledger, monday, calendar);
  return { ...section, ...(chart && { chart }) };
}

async function ledgerSection(
  entries: Entries,
  ledger: Ledger,
  { between, today, shown }: { between: Span; today: string; shown(figure: number): string },
): Promise<Section> {
  const { name, title, states } = ledger;
  const all = { ledger: name, leaf: true };
  const open = Object.keys(states).filter((state) => !states[state]?.closed);
  const [added, closed, openNow, overdue] = await Promise.all([
    entries.figure({ ...all, createdBetween: between }),
    entries.figure({ ...all, closedBetween: between }),
    entries.figure({ ...all, states: open }),
    entries.figure({ ...all, states: open, dueBefore: today }),
  ]);
  const lines = [
    `上周新增 ${shown(added)} · 办结 ${shown(closed)}`,
    `在办 ${shown(openNow)}${overdue > 0 || ledger.hidesSmallFigures ? ` · 逾期 ${shown(overdue)}` : ''}`,
    ...(await stateLine(entries, ledger, open)),
  ];
  return { heading: title, lines };
}

/** How the open entries stand; of a sealed ledger a leader is given totals only. */
async function stateLine(
  entries: Entries,
  { name, states, contents }: Ledger,
  open: string[],
): Promise<string[]> {
  if (contents) return [];
  const counted = await Promise.all(
    open.map(async (state) => {
      const count = await entries.figure({ ledger: name, leaf: true, states: [state] });
      return count > 0 ? [`${states[state]?.label} ${count}`] : [];
    }),
  );
  const shown = counted.flat();
  return shown.length > 0 ? [`其中 ${shown.join(' · ')}`] : [];
}
