import { describe, expect, it } from 'vitest';
import { cardJson } from '../../bot/lark/card/card.ts';
import { block } from './card-blocks.ts';
import { card, elementsOf, notice, press } from './card-of-content.ts';

describe('a chart', () => {
  const chart = {
    shape: 'bars' as const,
    title: '各周逾期',
    labels: ['第46周', '第47周'],
    series: [{ name: '逾期', values: [3, 1] }],
  };

  it('is drawn from its figures', () => {
    expect(elementsOf(notice([{ lines: [], chart }]))).toEqual([
      {
        tag: 'chart',
        aspect_ratio: '16:9',
        color_theme: 'brand',
        preview: true,
        chart_spec: {
          type: 'bar',
          title: { text: '各周逾期' },
          data: {
            values: [
              { label: '第46周', value: 3, name: '逾期' },
              { label: '第47周', value: 1, name: '逾期' },
            ],
          },
          xField: 'label',
          yField: 'value',
          seriesField: 'name',
          legends: { visible: false, orient: 'bottom' },
          axes: [{ orient: 'bottom' }, { orient: 'left', tick: { noDecimals: true } }],
          media: [],
        },
      },
    ]);
  });

  it('of several series has a legend, and bars beside each other', () => {
    const series = [
      { name: '逾期', values: [3.5] },
      { name: '按期', values: [Number.NaN] },
    ];
    const [drawn] = elementsOf(notice([{ lines: [], chart: { ...chart, series } }])) as {
      chart_spec: object;
    }[];
    expect(drawn?.chart_spec).toMatchObject({
      data: { values: [{ label: '第46周', value: 3.5, name: '逾期' }] },
      xField: ['label', 'name'],
      legends: { visible: true },
      axes: [{ orient: 'bottom' }, { orient: 'left' }],
    });
  });

  it('is told in words from the sixth on', () => {
    const series = [...chart.series, { name: '按期', values: [5, 8] }];
    const sections = Array.from({ length: 6 }, () => ({ lines: [], chart: { ...chart, series } }));
    const elements = elementsOf(notice(sections)) as { tag: string }[];
    expect(elements.filter(({ tag }) => tag === 'chart')).toHaveLength(5);
    expect(elements.at(-1)).toEqual(block('各周逾期\n第46周：逾期 3，按期 5\n第47周：逾期 1，按期 8'));
  });
});

describe('a table', () => {
  const table = {
    kind: 'table' as const,
    title: '未送达的消息',
    columns: ['时间', '收件人'],
    rows: [
      ['2026-04-01 09:00', '示例甲'],
      ['2026-04-02 09:00', ''],
    ],
    footer: ['共 2 条'],
    actions: [{ action: '未送达', label: '刷新' }],
  };

  it('is a table of plain text with its footer and buttons below', () => {
    const column = { data_type: 'text', width: 'auto', horizontal_align: 'left', vertical_align: 'top' };
    expect(elementsOf(table)).toEqual([
      {
        tag: 'table',
        page_size: 2,
        row_height: 'auto',
        row_max_height: '124px',
        freeze_first_column: false,
        header_style: { text_align: 'left', background_style: 'grey', bold: true, lines: 2 },
        columns: [
          { name: 'c0', display_name: '时间', ...column },
          { name: 'c1', display_name: '收件人', ...column },
        ],
        rows: [{ c0: '2026-04-01 09:00', c1: '示例甲' }, { c0: '2026-04-02 09:00' }],
      },
      block('共 2 条'),
      press('刷新', '未送达'),
    ]);
  });

  it('says how many rows and columns found no room', () => {
    const columns = Array.from({ length: 60 }, (_, index) => `第${index}列`);
    const json = cardJson(card({ ...table, columns, rows: Array.from({ length: 500 }, () => columns) }));
    const shown = (json.match(/"c0":/gu) ?? []).length;
    expect(shown).toBeGreaterThan(5);
    expect(json).toContain(`… 另有 ${500 - shown} 行`);
    expect(json).toContain('… 另有 10 列');
  });

  it('without rows says so', () => {
    expect(elementsOf({ ...table, rows: [], footer: [], actions: [] })).toEqual([block('（没有数据）')]);
  });
});
