import { expect, it } from 'vitest';
import { briefly } from '../../web/metrics/briefly.ts';

it('one reading serves all who ask within its time, and those who ask later get a new one', async () => {
  let ticks = 0;
  let readings = 0;
  const read = briefly(
    5000,
    () => ticks,
    async () => ++readings,
  );
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
  ticks = 4999;
  expect(await read()).toBe(1);
  ticks = 5000;
  expect(await read()).toBe(2);
});

it('a reading that failed is not kept', async () => {
  let readings = 0;
  const read = briefly(
    5000,
    () => 0,
    async () => {
      readings += 1;
      if (readings === 1) throw new Error('locked');
      return readings;
    },
  );
  await expect(read()).rejects.toThrow('locked');
  expect(await read()).toBe(2);
});
