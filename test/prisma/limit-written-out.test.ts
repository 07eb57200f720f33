import { expect, test } from 'vitest';
import { limitWrittenOut } from '../../prisma/sqlite-driver/limit-written-out.ts';
import { freshRecord } from '../fresh-record.ts';

const INT = { scalarType: 'int', arity: 'scalar' } as const;

const limited = (limit: unknown, offset: unknown) =>
  limitWrittenOut({
    sql: 'SELECT 1 FROM t WHERE a = ? LIMIT ? OFFSET ?',
    args: [7, limit, offset],
    argTypes: [INT, INT, INT],
  });

test('a limit is written out, and its value is handed over no more', () => {
  expect(limited(20n, 0)).toEqual({
    sql: 'SELECT 1 FROM t WHERE a = ? LIMIT 20',
    args: [7],
    argTypes: [INT],
  });
  expect(limited('-1', '0').sql).toBe('SELECT 1 FROM t WHERE a = ? LIMIT -1');
  expect(limited(-1, 0n).sql).toBe('SELECT 1 FROM t WHERE a = ? LIMIT -1');
});

test('what does not begin with the first row, or is no number, stays as it is', () => {
  for (const [limit, offset] of [
    [20, 40],
    ['20; DROP TABLE t', 0],
    [1.5, 0],
    [null, 0],
  ])
    expect(limited(limit, offset).args).toEqual([7, limit, offset]);
});

test('pages of a table are the same rows that the whole is', async () => {
  const { rows } = (await freshRecord(new Date('2026-11-20T01:00:00Z'))).store.database;
  const orderBy = { id: 'asc' } as const;
  const whole = await rows.person.findMany({ orderBy });
  expect(whole.length).toBeGreaterThan(8);
  const paged = [
    ...(await rows.person.findMany({ orderBy, take: 3 })),
    ...(await rows.person.findMany({ orderBy, take: 5, skip: 3 })),
    ...(await rows.person.findMany({ orderBy, skip: 8 })),
  ];
  expect(paged).toEqual(whole);
  expect(await rows.person.findMany({ orderBy, take: 0 })).toEqual([]);
});
