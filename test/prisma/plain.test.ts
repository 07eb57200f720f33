import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Rows } from '../../prisma/database.ts';
import { isStraight, plain } from '../../prisma/plain.ts';
import { fewEntries, IN_LISTS, WITH_PEOPLE } from '../../prisma/read-entries.ts';
import { freshRecord } from '../fresh-record.ts';

const AT = new Date('2026-11-20T01:00:00Z');
const NOTE = 'INSERT INTO "Meta" ("name", "value") VALUES (?, ?)';

const notes = (rows: Rows) =>
  rows.meta.findMany({ where: { name: { startsWith: 'note' } }, orderBy: { name: 'asc' } });

it('is part of the transaction: it sees its writes, and is undone with it', async () => {
  const { database } = (await freshRecord(AT)).store;
  const failed = database.write(async (rows) => {
    expect(isStraight(rows)).toBe(true);
    await rows.meta.create({ data: { name: 'note 1', value: '一' } });
    const { ask, change } = plain(rows);
    expect(await ask('SELECT "value" FROM "Meta" WHERE "name" = ?', ['note 1'])).toEqual([['一']]);
    expect(await change(NOTE, ['note 2', '二'])).toBe(1);
    expect(await notes(rows)).toHaveLength(2);
    throw new Error('undone');
  });
  await expect(failed).rejects.toThrow('undone');
  expect(await notes(database.rows)).toEqual([]);
});

it('is over with its transaction, and leads into no other one', async () => {
  const { database } = (await freshRecord(AT)).store;
  let left: Rows | undefined;
  await database.write(async (rows) => {
    left = rows;
  });
  const late = () => left && plain(left).change(NOTE, ['note', '一']);
  await expect(late()).rejects.toThrow('The transaction is over');
  await database.write(async () => {
    await expect(late()).rejects.toThrow('The transaction is over');
  });
  expect(await notes(database.rows)).toEqual([]);
});

it('is over with a transaction that takes too long, whoever has its connection then', async () => {
  const { database } = (await freshRecord(AT)).store;
  let isLate: unknown;
  const slow = database.write(
    async (rows) => {
      await plain(rows).change(NOTE, ['note 1', '一']);
      await wait(600);
      isLate = await plain(rows)
        .change(NOTE, ['note 2', '二'])
        .catch((fault: unknown) => fault);
    },
    { withinMs: 200 },
  );
  await expect(slow).rejects.toThrow();
  await database.write((rows) => plain(rows).change(NOTE, ['note 3', '三']));
  await expect.poll(() => isLate).toBeInstanceOf(Error);
  expect((await notes(database.rows)).map(({ name }) => name)).toEqual(['note 3']);
});

it('reads entries as Prisma reads them: instants, JSON, bytes and who takes part', async () => {
  const { database } = (await freshRecord(AT)).store;
  const ids = (await database.rows.entry.findMany({ select: { id: true } })).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(5);
  await database.write(async (rows) => {
    for (const where of [
      { id: { in: ids } },
      { id: { in: [] } },
      { id: { notIn: [] } },
      { AND: [] },
      { OR: [] },
    ]) {
      const expected = await rows.entry.findMany({ where, include: WITH_PEOPLE, orderBy: IN_LISTS });
      const found = await fewEntries(rows, where);
      expect(found.map(({ people, ...entry }) => entry)).toEqual(
        expected.map(({ people, ...entry }) => entry),
      );
      expect(found.map(takingPart)).toEqual(expected.map(takingPart));
    }
  });
});

const takingPart = ({ people }: { people: { personId: string; part: string }[] }): string[] =>
  people.map(({ personId, part }) => `${part} ${personId}`).sort();
