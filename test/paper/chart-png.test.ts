import { describe, expect, it } from 'vitest';
import type { Chart } from '../../ledger/message.ts';
import { scaleOf } from '../../paper/chart-scale.ts';

const drawing = await import('../../paper/chart-png.ts');
const hasLibrary = await import('@napi-rs/canvas').then(
  () => true,
  () => false,
);

const chart: Chart = {
  shape: 'lines',
  title: '近 4 周（按周一日期）',
  labels: ['11-02', '11-09', '11-16', '11-23'],
  series: [
    { name: '周末在办', values: [16, 15, 13, 12] },
    { name: '当周销号', values: [0, 1, 2, 1] },
  ],
};

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

describe('the axis of a chart', () => {
  it.each([
    [[0], [0, 1]],
    [[3], [0, 1, 2, 3]],
    [[13], [0, 5, 10, 15]],
    [
      [61, 4],
      [0, 20, 40, 60, 80],
    ],
    [[480], [0, 100, 200, 300, 400, 500]],
  ])('of %j has round steps up to above it', (values, ticks) => {
    expect(scaleOf({ series: [{ name: '示例', values }] })).toEqual({ ticks, top: ticks.at(-1) });
  });
});

describe.skipIf(!hasLibrary)('a chart as a picture', () => {
  it.each(['lines', 'bars'] as const)('drawn as %s is a .png of the width asked for', async (shape) => {
    const png = await drawing.chartPng({ ...chart, shape }, { width: 480 });
    expect([...png.subarray(0, 8)]).toEqual(SIGNATURE);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([480, 288]);
  });

  it('says other words and other figures with other dots', async () => {
    const [first, same, renamed, higher] = await Promise.all([
      drawing.chartPng(chart),
      drawing.chartPng(chart),
      drawing.chartPng({ ...chart, title: '近 4 周（按周日日期）' }),
      drawing.chartPng({ ...chart, series: [{ name: '周末在办', values: [16, 15, 13, 13] }] }),
    ]);
    expect(first?.equals(same ?? Buffer.alloc(0))).toBe(true);
    expect(first?.equals(renamed ?? first)).toBe(false);
    expect(first?.equals(higher ?? first)).toBe(false);
  });

  it('is refused in a width that nobody could read or keep', async () => {
    await expect(drawing.chartPng(chart, { width: 100 })).rejects.toThrow('found 100, expected 320 to 2000');
  });
});
