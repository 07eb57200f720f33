import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillRounds } from '../../../bench/ledger-data.ts';
import { readEnvironment } from '../../../config/environment.ts';
import { readPerson } from '../../../ledger/directory.ts';
import { type EntryFilter, entriesFor } from '../../../ledger/entry.ts';
import { ledgers } from '../../../ledger/ledgers.ts';
import { recusalMark } from '../../../ledger/recusal.ts';
import type { Rows, Store } from '../../../ledger/store.ts';
import { openStore } from '../../../open-store.ts';
import { PrismaClient } from '../../../prisma/generated/sqlite/client.ts';
import { SqliteConnection } from '../../../prisma/sqlite-connection.ts';

/** More than are sorted by themselves, so that the indexes must have the order. */
const ENTRIES = 24_000;
const [OFFICER, LEADER, HEAD, STAFF] = ['person-000000', 'person-000003', 'person-000051', 'person-000060'];

let folder: string;
let store: Store;
let client: PrismaClient<'query'>;
let statements: { query: string; params: string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-plans-'));
  store = await openStore(
    readEnvironment({ DATA_DIR: folder, QINGLIAN_CONFIG: join(folder, 'none.yaml') }),
    ledgers,
  );
  await fillRounds(store, { entries: ENTRIES, people: 200 }, 0.6);
  const adapter = new SqliteConnection(`file:${join(folder, 'qinglian.db')}`);
  client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  client.$on('query', (statement) => statements.push(statement));
}, 120_000);
afterAll(async () => {
  await client?.$disconnect();
  await store?.database.close();
  await rm(folder, { recursive: true, force: true });
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
  'a person': { personIds: [STAFF ?? ''] },
  'a 责任领导': { held: { part: 'leader', by: LEADER ?? '' } },
  'nobody as 责任领导': { open: true, held: { part: 'leader', by: null } },
  'words of some': { text: '第77项' },
  'words of none': { text: '没有这样的' },
  'a 类别': { says: { name: 'category', value: 'lasting' } },
  'words of what is open': { open: true, text: '第77项' },
};

it.each(
  Object.entries(FILTERS),
)('a page of %s never reads or sorts the whole ledger, whoever asks', async (_, filter) => {
  const raw = new DatabaseSync(join(folder, 'qinglian.db'), { readOnly: true });
  for (const id of [OFFICER, LEADER, HEAD, STAFF]) {
    const person = await readPerson(client, id ?? '');
    if (!person) throw new Error(`Nobody is ${id}`);
    const entries = entriesFor(store, client as unknown as Rows, person);
    const own = { personId: person.id, ...(person.isHead && { departmentId: person.departmentId }) };
    const asked = {
      ...{ ledger: 'rectification', leaf: true, isPart: true as const },
      ...(person.roles.includes('supervisor') ? {} : { within: own }),
      ...filter,
    };
    for (const order of ['ref', 'due', 'changed'] as const) {
      statements = [];
      const first = await entries.table.page(asked, { order, take: 20 });
      if (first.next) await entries.table.page(asked, { order, take: 20, after: first.next });
      await entries.table.upTo(asked, 1000);
      expect(statements.length).toBeGreaterThan(0);
      const faults = statements.flatMap(({ query, params }) =>
        plan(raw, query, params).filter((step) => WHOLE.test(step)),
      );
      expect(faults, `${id} by ${order}`).toEqual([]);
    }
  }
  raw.close();
});

/** A whole table or index is read, or everything that was found is sorted. */
const WHOLE = /^SCAN |TEMP B-TREE/;

const plan = (raw: DatabaseSync, query: string, params: string): string[] =>
  raw
    .prepare(`EXPLAIN QUERY PLAN ${query}`)
    .all(...(JSON.parse(params) as string[]))
    .map(({ detail }) => String(detail));

it('a table read page by page has every entry once, in the order that was asked for', async () => {
  const person = await readPerson(client, OFFICER ?? '');
  if (!person) throw new Error('There is no officer');
  const entries = entriesFor(store, store.database.rows, person);
  const filter = { ledger: 'rectification', leaf: true, isPart: true as const, dueBefore: '2027-01-05' };
  const expected = await entries.count(filter);
  for (const order of ['ref', 'due', 'changed'] as const) {
    const seen = new Set<string>();
    const keys: string[] = [];
    let after: NonNullable<Awaited<ReturnType<typeof entries.table.page>>['next']> | undefined;
    do {
      const page = await entries.table.page(filter, { order, take: 400, ...(after && { after }) });
      for (const { ref, refOrder, dueOn, changedAt } of page.entries) {
        seen.add(ref);
        const by = { ref: '', due: dueOn ?? '~', changed: String(9e15 - changedAt.getTime()) }[order];
        keys.push(`${by} ${refOrder}`);
      }
      after = page.next;
    } while (after);
    expect(seen.size).toBe(expected);
    expect(keys).toEqual([...keys].sort());
  }
});

it('what is hidden from somebody is on no page of his, in no count, and no page ends at it', async () => {
  const person = await readPerson(client, OFFICER ?? '');
  if (!person) throw new Error('There is no officer');
  const entries = entriesFor(store, store.database.rows, person);
  const filter = { ledger: 'rectification', leaf: true, isPart: true as const };
  const text = { ...filter, text: '没有这样的' };
  const ended = (await entries.table.page(text, { order: 'ref', take: 20 })).next?.refOrder ?? '';
  const round = { ...filter, below: 'Z3' };
  const [hidden] = (await entries.table.page(round, { order: 'ref', take: 20 })).entries;
  const counted = await entries.table.upTo({ ...round, dueBefore: '2026-12-01' }, 5000);
  const last = await store.database.rows.entry.findFirstOrThrow({ where: { refOrder: ended } });
  const few = await store.database.rows.entry.findFirstOrThrow({
    where: { refOrder: { startsWith: 'Z0003-' }, dueOn: { lt: '2026-12-01' } },
  });
  const mark = recusalMark(store.keys, person.id);
  const data = [...new Set([hidden?.id ?? '', last.id, few.id])].map((entryId) => ({ entryId, mark }));
  await store.database.write((rows) => rows.recusal.createMany({ data }));
  const now = await entries.table.page(round, { order: 'ref', take: 20 });
  expect(now.entries.map(({ id }) => id)).not.toContain(hidden?.id);
  expect((await entries.table.page(text, { order: 'ref', take: 20 })).next?.refOrder).not.toBe(ended);
  const isBoth = hidden?.id !== few.id && (hidden?.dueOn ?? '~') < '2026-12-01';
  expect(await entries.table.upTo({ ...round, dueBefore: '2026-12-01' }, 5000)).toBe(
    (counted ?? 0) - (isBoth ? 2 : 1),
  );
});
