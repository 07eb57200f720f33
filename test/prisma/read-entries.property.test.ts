import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Prisma, Rows } from '../../prisma/database.ts';
import { conditionOn } from '../../prisma/entry-conditions.ts';
import {
  countEntries,
  entriesAmong,
  fewEntries,
  isAnyEntry,
  oneEntry,
  partsAmong,
} from '../../prisma/read-entries.ts';
import { verifiedCopies } from '../fresh-record.ts';

let rows: Rows;
verifiedCopies(new Date('2026-11-20T01:00:00Z'), ({ store }) => {
  rows = store.database.rows;
});

type Where = Prisma.EntryWhereInput;

/** What Prisma answers: it is not known that these rows can be reached straight. */
const slow = (): Rows => new Proxy(rows, {});

async function found(): Promise<{ texts: Record<string, string[]>; people: string[]; marks: string[] }> {
  const entries = await rows.entry.findMany({ include: { people: true, recusals: true }, take: 40 });
  expect(entries.length).toBeGreaterThan(10);
  const of = (name: 'id' | 'ledger' | 'ref' | 'state' | 'parentId' | 'departmentId') => [
    ...new Set(entries.flatMap((entry) => entry[name] ?? [])),
    'nothing',
  ];
  const texts = Object.fromEntries(
    (['id', 'ledger', 'ref', 'state', 'parentId', 'departmentId'] as const).map((name) => [name, of(name)]),
  );
  const people = entries.flatMap((entry) => entry.people.map(({ personId }) => personId));
  const marks = entries.flatMap((entry) => entry.recusals.map(({ mark }) => mark));
  return { texts, people: [...new Set(people), 'nobody'], marks: [...marks, 'no mark'] };
}

function wheres({ texts, people, marks }: Awaited<ReturnType<typeof found>>): fc.Arbitrary<Where> {
  const some = (values: readonly string[]) =>
    fc.subarray([...values], { maxLength: Math.min(4, values.length) });
  const named = Object.entries(texts).flatMap(([name, values]) => [
    fc.constantFrom(...values).map((value): Where => ({ [name]: value })),
    some(values).map((list): Where => ({ [name]: { in: list } })),
  ]);
  const parts = fc.constantFrom('responsible', 'assistant', 'leader', 'reporter');
  const relations = [
    fc.constantFrom(...people).map((personId): Where => ({ people: { some: { personId } } })),
    fc.tuple(fc.constantFrom(...people), some(['responsible', 'leader'])).map(
      ([personId, list]): Where => ({
        people: { some: { personId, part: { in: list } } },
      }),
    ),
    parts.map((part): Where => ({ people: { none: { part } } })),
    fc.constantFrom(...marks).map((mark): Where => ({ recusals: { none: { mark } } })),
  ];
  const leaves = fc.oneof(
    ...named,
    ...relations,
    fc.constant<Where>({ parentId: null }),
    fc.constantFrom<Where>({ closedAt: null }, { closedAt: { not: null } }),
    fc.constant<Where>({ parentId: { not: null } }),
    fc.constant<Where>({ state: { not: 'progressing' } }),
    fc.constant<Where>({ ledger: { notIn: ['rectification'] } }),
  );
  return fc.letrec<{ where: Where }>((tie) => ({
    where: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaves,
      // With what asks for nothing, as a ledger does of whom it shows everything.
      fc.array(tie('where'), { minLength: 1, maxLength: 3 }).map((AND): Where => ({ AND: [...AND, {}] })),
      fc.array(tie('where'), { minLength: 1, maxLength: 3 }).map((OR): Where => ({ OR })),
      tie('where').map((child): Where => ({ children: { some: child } })),
      tie('where').map((child): Where => ({ children: { none: child } })),
      tie('where').map((NOT): Where => ({ NOT })),
    ),
  })).where;
}

test('whatever is asked of entries, what is read straight is what Prisma reads', async () => {
  const arbitrary = wheres(await found());
  let some = 0;
  await fc.assert(
    fc.asyncProperty(arbitrary, async (where) => {
      expect(conditionOn(where)).toBeDefined();
      const straight = await fewEntries(rows, where);
      some += straight.length > 0 ? 1 : 0;
      const all = byPeople(straight);
      expect(all).toEqual(byPeople(await fewEntries(slow(), where)));
      expect(await countEntries(rows, where)).toBe(all.length);
      expect(await isAnyEntry(rows, where)).toBe(all.length > 0);
      expect(byPeople(await entriesAmong(rows, where, { skip: 1, take: 3 }))).toEqual(all.slice(1, 4));
    }),
    { numRuns: 60 },
  );
  expect(some).toBeGreaterThan(5);
});

/** Who takes part stands in no order. */
const byPeople = (entries: Awaited<ReturnType<typeof fewEntries>>) =>
  entries.map((entry) => ({
    ...entry,
    sealed: entry.sealed && [...entry.sealed],
    people: entry.people.map(({ personId, part }) => `${part}/${personId}`).sort(),
  }));

test('the parts that somebody takes are what Prisma finds', async () => {
  const facts = await found();
  for (const personId of facts.people)
    for (const where of [
      {},
      { ledger: 'rectification' },
      { state: { not: 'progressing' } },
    ] satisfies Where[])
      expect(await partsAmong(rows, personId, where)).toEqual(await partsAmong(slow(), personId, where));
});

test('one of no ways is none, wherever it stands: Prisma would find everything', async () => {
  expect(await fewEntries(rows, { AND: [{ ledger: 'rectification' }, { OR: [] }] })).toEqual([]);
});

test('what is asked for in other ways is left to Prisma', async () => {
  const others: Where[] = [
    { title: { contains: '整改' } },
    { NOT: [{ parentId: null }] },
    { dueOn: { lt: '2027-01-01' } },
    { closedAt: { lt: new Date() } },
    { ref: { startsWith: 'Z' } },
    { departmentId: { not: '1' } },
    { departmentId: { notIn: ['1'] } },
    { people: { every: { part: 'leader' } } },
    { people: { some: { person: { active: true } } } as Where['people'] & object },
    { parent: { is: null } },
    { AND: [{ ledger: 'rectification' }, { OR: [{ position: 1 }] }] },
  ];
  for (const where of others) expect(conditionOn(where), JSON.stringify(where)).toBeUndefined();
  expect((await fewEntries(rows, { title: { contains: '' } })).length).toBeGreaterThan(10);
  expect(await oneEntry(rows, { ref: 'no such ref' })).toBeNull();
});
