import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EntryFilter } from '../../../ledger/entry.ts';
import type { Rows } from '../../../ledger/store.ts';
import { PrismaClient } from '../../../prisma/generated/sqlite/client.ts';
import { SqliteConnection } from '../../../prisma/sqlite-connection.ts';
import {
  GROUPINGS,
  LEADER,
  type LedgerOfMany,
  openLedgerOfMany,
  readersOf,
  STAFF,
} from './ledger-of-many.ts';

/** More than are sorted by themselves, so that the indexes must have the order. */
const ENTRIES = 24_000;

let many: LedgerOfMany;
let client: PrismaClient<'query'>;
let statements: { query: string; params: string }[] = [];

beforeAll(async () => {
  many = await openLedgerOfMany(ENTRIES, 0.6);
  const adapter = new SqliteConnection(`file:${join(many.folder, 'qinglian.db')}`);
  client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  client.$on('query', (statement) => statements.push(statement));
}, 120_000);
afterAll(async () => {
  await client?.$disconnect();
  await many?.close();
});

const FILTERS: Record<string, EntryFilter> = {
  everything: {},
  'what is open': { open: true },
  'what is closed': { open: false },
  'a state of many': { states: ['progressing'] },
  'a state of few': { states: ['stalled'] },
  'a state of none': { states: ['relapsed'] },
  'what is overdue': { open: true, dueBefore: '2026-11-23' },
  'what is due within days': { open: true, dueAfter: '2026-11-22', dueBefore: '2026-11-30' },
  'a department': { departmentId: 'department-000001' },
  'a round': { below: 'Z3' },
  'a person': { personIds: [STAFF] },
  'a 责任领导': { held: { part: 'leader', by: LEADER } },
  'nobody as 责任领导': { open: true, held: { part: 'leader', by: null } },
  'words of some': { text: '第77项' },
  'words of none': { text: '没有这样的' },
  'a 类别': { says: { name: 'category', value: 'lasting' } },
  'words of what is open': { open: true, text: '第77项' },
};

/** A whole table or index is read. */
const WHOLE = /^SCAN (?!\(|m$|CONSTANT|taker|sub)/;
/** Everything that was found is sorted. */
const SORTED = /TEMP B-TREE FOR ORDER BY/;
/** Persons, a department, a round, dates lead to what is sorted. */
const LEADS_TO_FEW = /m CROSS JOIN|Entry_department_table_idx|e\."dueOn" [<>]|e\."refOrder" >= /;

const plan = (raw: DatabaseSync, query: string, params: string): string[] =>
  raw
    .prepare(`EXPLAIN QUERY PLAN ${query}`)
    .all(...(JSON.parse(params) as string[]))
    .map(({ detail }) => String(detail));

const asRows = () => client as unknown as Rows;

it.each(
  Object.entries(FILTERS),
)('a page of %s never reads the whole ledger, nor sorts more than what few have, whoever asks', async (_, filter) => {
  const raw = new DatabaseSync(join(many.folder, 'qinglian.db'), { readOnly: true });
  for (const { id, entries, asked } of await readersOf(many.store, asRows())) {
    for (const order of ['ref', 'due', 'changed'] as const) {
      statements = [];
      const wanted = { ...asked, ...filter };
      const first = await entries.table.page(wanted, { order, take: 20, countTo: 1000 });
      if (first.next) await entries.table.page(wanted, { order, take: 20, after: first.next });
      expect(statements.length).toBeGreaterThan(0);
      const faults = statements.flatMap(({ query, params }) =>
        plan(raw, query, params).filter(
          (step) => WHOLE.test(step) || (SORTED.test(step) && !LEADS_TO_FEW.test(query)),
        ),
      );
      expect(faults, `${id} by ${order}`).toEqual([]);
    }
  }
  raw.close();
});

it.each(
  Object.entries(FILTERS),
)('a page of %s takes few statements, however it is grouped', async (_, filter) => {
  for (const { id, entries, asked } of await readersOf(many.store, asRows()))
    for (const [grouping, stretches] of Object.entries(GROUPINGS)) {
      statements = [];
      const wanted = { order: 'ref', stretches, take: 50, countTo: 1000 } as const;
      await entries.table.page({ ...asked, ...filter }, wanted);
      expect(statements.length, `${id} ${grouping}`).toBeLessThan(30);
    }
});

it('who takes a part is found in one statement, each once', async () => {
  statements = [];
  const [officer] = await readersOf(many.store, asRows());
  statements = [];
  const takers = await officer?.entries.table.takers('leader');
  expect(statements).toHaveLength(1);
  const all = await many.store.database.rows.entryPerson.findMany({
    where: { part: 'leader' },
    distinct: ['personId'],
  });
  expect(takers).toEqual(all.map(({ personId }) => personId).sort());
});
