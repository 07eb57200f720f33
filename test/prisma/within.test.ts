import { expect, it } from 'vitest';
import { within } from '../../prisma/within.ts';
import { freshRecord } from '../fresh-record.ts';
import { START } from '../harness.ts';

it('a piece of work that fails within a transaction leaves nothing, and the pieces before and behind it stay', async () => {
  const { store } = await freshRecord(new Date(START));
  const undone: number[] = [];
  await store.database.write(async (rows) => {
    const inside = within(store.database, rows, { mark: () => 7, undo: (mark) => undone.push(mark) });
    const noted = (name: string, fault?: Error) =>
      inside.write(async ({ meta }) => {
        await meta.create({ data: { name: `within-${name}`, value: '' } });
        if (fault) throw fault;
      });
    const pieces = [noted('one'), noted('two', new Error('示例')), noted('three')];
    expect((await Promise.allSettled(pieces)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(await inside.rows.meta.count({ where: { name: { startsWith: 'within-' } } })).toBe(2);
  });
  const kept = await store.database.rows.meta.findMany({ where: { name: { startsWith: 'within-' } } });
  expect(kept.map(({ name }) => name).sort()).toEqual(['within-one', 'within-three']);
  expect(undone).toEqual([7]);
});
