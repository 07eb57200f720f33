import type { Person } from '../ledger/directory.ts';
import { recusalMark } from '../ledger/recusal.ts';
import type { Store } from '../ledger/store.ts';

/** What can be counted of a report; what the test does not care about is filled in for it. */
export interface CountedReport {
  channel?: string;
  intercessorKind?: string;
  stage?: string;
  circumstances?: string[];
  reply?: string;
  late?: boolean;
  createdAt?: Date;
  state?: string;
  /** Whom it concerns. */
  recused?: Person;
}

const DEFAULT_AT = new Date('2026-10-12T03:00:00Z');

/** Puts the countable part of reports into the record, without their sealed part: many in a moment. */
export async function keepReports(store: Store, reports: readonly CountedReport[]): Promise<void> {
  const first = await store.database.rows.entry.count();
  const rows = reports.map(
    ({ recused: _, createdAt = DEFAULT_AT, state = 'accepted', late = false, ...rest }, index) => ({
      id: `counted-${first + index}`,
      ledger: 'intercession',
      ref: refOf(first + index),
      state,
      title: '说情打招呼记录',
      position: first + index,
      facets: {
        channel: 'phone',
        intercessorKind: 'colleague',
        stage: 'review',
        circumstances: ['lobbying'],
        reply: 'refused',
        late,
        ...rest,
      },
      data: { late },
      dataVersion: 1,
      version: 1,
      createdAt,
      changedAt: createdAt,
    }),
  );
  const recusals = reports.flatMap(({ recused }, index) =>
    recused ? [{ entryId: `counted-${first + index}`, mark: recusalMark(store.keys, recused.id) }] : [],
  );
  await store.database.write(async (writing) => {
    await writing.entry.createMany({ data: rows });
    await writing.recusal.createMany({ data: recusals });
  });
}

const refOf = (number: number): string => {
  const digits = number
    .toString(8)
    .padStart(7, '0')
    .replace(/[01]/g, (digit) => (digit === '0' ? '8' : '9'));
  return `A${digits.slice(0, 3)}-${digits.slice(3)}`;
};

export const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
