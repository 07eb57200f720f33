import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Entry } from '../../../ledger/define.ts';
import type {
  Entries,
  EntryFilter,
  Stretch,
  TableAsked,
  TableFilter,
  TableKey,
  TableOrder,
  TablePage,
} from '../../../ledger/entry.ts';
import { recusalMark } from '../../../ledger/recusal.ts';
import {
  GROUPINGS,
  LEADER,
  LEADERS,
  type LedgerOfMany,
  MEASURES,
  openLedgerOfMany,
  type Reader,
  readersOf,
} from './ledger-of-many.ts';

/** More than are sorted by themselves, whichever way leads to them. */
const ENTRIES = 8_000;

let many: LedgerOfMany;
let readers: Reader[];

beforeAll(async () => {
  many = await openLedgerOfMany(ENTRIES, 0.5);
  readers = await readersOf(many.store, many.store.database.rows);
}, 120_000);
afterAll(() => many?.close());

/** In words of its own: what stands in the table, in which order. */
const IN_WORDS: Record<TableOrder, (entry: Entry) => string> = {
  ref: ({ refOrder }) => refOrder,
  due: ({ dueOn, refOrder }) => `${dueOn ?? '~'} ${refOrder}`,
  changed: ({ changedAt, refOrder }) => `${9e15 - changedAt.getTime()} ${refOrder}`,
};

const FILTERS: Record<string, EntryFilter> = {
  'what is open': { open: true },
  'a state': { states: ['progressing'] },
  'what is overdue': { open: true, dueBefore: '2027-01-05' },
  'what falls due in a round': { below: 'Z3', dueAfter: '2026-12-31' },
  'what twenty have': { personIds: LEADERS },
  'a department': { departmentId: 'department-000001' },
  'a 责任领导': { held: { part: 'leader', by: LEADER } },
  'words of some': { text: '7项' },
  'a 类别': { says: { name: 'category', value: 'lasting' } },
};

it.each(
  Object.entries(FILTERS),
)('read page by page, %s comes whole, in the order, and as many as are counted', async (_, filter) => {
  for (const { id, entries, asked } of readers) {
    const wanted = { ...asked, ...filter };
    const all = await entries.list(wanted);
    for (const order of all.length > 5000 ? (['due'] as const) : (['ref', 'due', 'changed'] as const)) {
      const { found, total } = await wholeTable(entries, wanted, { order });
      const expected = all.map(IN_WORDS[order]).sort();
      expect(
        found.map(({ entry }) => IN_WORDS[order](entry)),
        `${id} by ${order}`,
      ).toEqual(expected);
      expect(total).toBe(Math.min(all.length, 1001));
    }
  }
});

const GROUPED: Record<string, EntryFilter> = {
  'what is open': { open: true },
  'what falls due in a round': { below: 'Z3', dueAfter: '2026-12-31' },
  'words of some': { text: '7项' },
};

it.each(
  Object.entries(GROUPED),
)('grouped, %s comes group by group, each by its refs, and nothing twice', async (_, filter) => {
  for (const { id, entries, asked } of readers) {
    const wanted = { ...asked, ...filter };
    const all = await entries.list(wanted);
    for (const [grouping, stretches] of Object.entries(GROUPINGS)) {
      const { found } = await wholeTable(entries, wanted, { order: 'ref', stretches });
      const expected = stretches.flatMap((stretch, index) =>
        all
          .filter((entry) => isIn(entry, stretch))
          .map(({ refOrder }) => `${index} ${refOrder}`)
          .sort(),
      );
      expect(
        found.map(({ entry, stretch }) => `${stretch} ${entry.refOrder}`),
        `${id} ${grouping}`,
      ).toEqual(expected);
      expect(expected).toHaveLength(all.length);
    }
  }
});

function isIn({ state, departmentId, people }: Entry, stretch: Stretch): boolean {
  if (stretch.states) return stretch.states[0] === state;
  if (stretch.departmentId) return stretch.departmentId === departmentId;
  if (stretch.elsewhere === null) return departmentId === null;
  if (stretch.elsewhere) return departmentId !== null && !stretch.elsewhere.includes(departmentId);
  const leaders = people.filter(({ part }) => part === 'leader').map(({ personId }) => personId);
  const by = stretch.held?.by ?? null;
  return by === null ? leaders.length === 0 : leaders.includes(by);
}

/** Page after page. */
async function wholeTable(entries: Entries, filter: TableFilter, asked: Omit<TableAsked, 'take'>) {
  const found: TablePage['found'] = [];
  let total: number | undefined;
  for (let after: TableKey | undefined; ; ) {
    const count = after ? {} : { countTo: 1000 };
    const page: TablePage = await entries.table.page(filter, { ...asked, ...count, after, take: 700 });
    found.push(...page.found);
    total ??= page.total;
    after = page.next;
    if (!after) return { found, total };
  }
}

const officer = () => readers[0] as Reader;

it('what has to be looked for comes by its refs where there is too much of it, each page as far as may be looked', async () => {
  const { entries, asked } = officer();
  const wanted = { ...asked, text: '第77项' };
  const all = (await entries.list(wanted)).map(({ refOrder }) => refOrder).sort();
  const found: string[] = [];
  let pages = 1;
  for (let after: TableKey | undefined; ; pages++) {
    const page: TablePage = await entries.table.page(wanted, {
      ...{ order: 'due', after, take: 20, lookAt: 3000, countTo: 1000 },
    });
    found.push(...page.found.map(({ entry }) => entry.refOrder));
    expect(page.total).toBeUndefined();
    after = page.next;
    if (!after) break;
    expect(page).toMatchObject({ isByRef: true, isPart: true });
  }
  // With the rounds and their problems there are 8,164.
  expect(pages).toBe(3);
  expect(found).toEqual(all);
});

it('what is hidden from somebody is on no page of his, in no group, in no count, and no page ends at it', async () => {
  const { id, entries, asked } = officer();
  const { rows } = many.store.database;
  const round = { ...asked, below: 'Z3', dueBefore: '2026-12-01' };
  const text = { ...asked, text: '没有这样的' };
  const looked = { order: 'ref', take: 20, lookAt: 3000 } as const;
  const listed = { order: 'due', take: 20, countTo: 5000 } as const;
  const ended = (await entries.table.page(text, looked)).next?.refOrder ?? '';
  const before = await entries.table.page(round, listed);
  const hidden = before.found[0]?.entry;
  const last = await rows.entry.findFirstOrThrow({ where: { refOrder: ended } });
  const mark = recusalMark(many.store.keys, id);
  const data = [hidden?.id ?? '', last.id].map((entryId) => ({ entryId, mark }));
  await many.store.database.write((within) => within.recusal.createMany({ data }));

  const now = await entries.table.page(round, listed);
  expect(now.total).toBe((before.total ?? 0) - 1);
  expect(now.found.map(({ entry }) => entry.id)).not.toContain(hidden?.id);
  const open = { ...asked, open: true, below: 'Z3' };
  for (const [filter, stretches] of [...Object.values(GROUPINGS), [{}]].flatMap((each) => [
    [round, each] as const,
    [open, each] as const,
  ])) {
    const { found } = await wholeTable(entries, filter, { order: 'ref', stretches });
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ entry }) => entry.id)).not.toContain(hidden?.id);
  }
  const end = (await entries.table.page(text, looked)).next?.refOrder;
  expect(end).toBeDefined();
  expect(end).not.toBe(ended);
});

it('shows somebody without a role nothing of the others, though nobody led him to his own', async () => {
  const { id, entries } = readers[3] as Reader;
  const round = { ...MEASURES, below: 'Z3' };
  const { found, total } = await wholeTable(entries, round, { order: 'due' });
  const own = await entries.list({ ...round, personId: id });
  expect(own.length).toBeGreaterThan(0);
  expect(found.map(({ entry }) => entry.id).sort()).toEqual(own.map((entry) => entry.id).sort());
  expect(total).toBe(own.length);
});

it('takes signs of the database’s own for what they are, and finds nothing by them alone', async () => {
  const { entries, asked } = officer();
  for (const text of ['%', '_', '%_%'])
    expect(await entries.table.page({ ...asked, text }, { order: 'ref', take: 5, countTo: 9 })).toMatchObject(
      {
        ...{ found: [], total: 0 },
      },
    );
  const page = await entries.table.page({ ...asked, text: '第7%措施' }, { order: 'ref', take: 5 });
  expect(page.found.length).toBeGreaterThan(0);
});
