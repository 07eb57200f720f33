import { setImmediate as breathe } from 'node:timers/promises';
import { chainHead, headForPeople } from '../ledger/audit/trail.ts';
import type { Ledger } from '../ledger/define.ts';
import type { DigestWeek } from '../ledger/digest-week.ts';
import type { Person } from '../ledger/directory.ts';
import { type Entries, entriesFor, type Span } from '../ledger/entry.ts';
import type { Section } from '../ledger/message.ts';
import type { Operation } from '../ledger/operation.ts';
import type { Role } from '../ledger/role.ts';
import { shownFigure, shownText } from '../ledger/small-cells.ts';
import type { Job } from './define.ts';
import { weeklyTrend } from './weekly-trend.ts';

const READERS: readonly Role[] = ['secretary', 'leader', 'resident', 'discipline'];

/** 周报: on the week's first workday, the figures of the week before, the ledgers as they stand, and the chain's head. */
export const leadersDigest: Job = {
  name: 'leaders-digest',
  at: (rules) => rules.leadersDigest.at,
  async run(operation) {
    const { store, rows, at, today, directory } = operation;
    const { calendar, rules } = store;
    const first = calendar.firstWorkdayOfWeek(today);
    if (!first) return;
    const dueAt = calendar.instantOf(first, rules.leadersDigest.at);
    if (at < dueAt || !(await operation.anythingBefore(dueAt))) return;
    const week = calendar.weekOf(today);
    if (!(await operation.isFirst(leadersDigest.name, week))) return;
    const { hash } = await chainHead(rows);
    const readers = directory.people.filter(({ roles }) => roles.some((role) => READERS.includes(role)));
    if (readers.length === 0) return;
    await rows.anchor.upsert({
      where: { hash: new Uint8Array(Buffer.from(hash, 'hex')) },
      create: { hash: new Uint8Array(Buffer.from(hash, 'hex')), givenAt: at },
      update: {},
    });
    for (const person of readers) await post(operation, person, week, hash);
  },
};

async function post(operation: Operation, person: Person, week: string, head: string): Promise<void> {
  const { store, today } = operation;
  const monday = store.calendar.addDays(store.calendar.mondayOf(today), -7);
  operation.post({
    key: `${leadersDigest.name}:${week}:${person.id}`,
    personId: person.id,
    job: 'leaders-digest',
    content: {
      kind: 'notice',
      title: `清廉周报（${monday} 至 ${store.calendar.addDays(monday, 6)}）`,
      tone: 'plain',
      sections: [
        ...(await ledgerSections(operation, person, monday)),
        {
          heading: '存证链首',
          lines: [headForPeople(head), '请留存本条或抄入纸质周报；记录若被删改，用它可以查出。'],
        },
      ],
      actions: [{ action: '统计', label: '统计' }],
    },
  });
}

/** Each ledger whose figures are for this reader: what it tells of itself, or what the week brought and how it stands. */
async function ledgerSections(operation: Operation, reader: Person, lastMonday: string): Promise<Section[]> {
  const { store, rows, at, today, directory } = operation;
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
