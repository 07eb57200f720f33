import type { Chart } from '../../../ledger/message.ts';
import type { Element } from './element.ts';
import { cut, shown } from './shown-text.ts';

/** More points than a phone can show, or the card can hold. */
const MOST_POINTS = 120;
const NAME_CHARS = 20;
const TITLE_CHARS = 40;

export const canBeDrawn = ({ labels, series }: Chart): boolean =>
  labels.length > 0 && series.length > 0 && labels.length * series.length <= MOST_POINTS;

/** The chart as the client's charting library (VChart) draws it: figures alone, no functions, no markup. */
export function chartElement(chart: Chart): Element {
  const several = chart.series.length > 1;
  const values = chart.series.flatMap(({ name, values: figures }) =>
    chart.labels.flatMap((label, index) => {
      const figure = figures[index];
      return figure !== undefined && Number.isFinite(figure)
        ? [{ label: short(label), value: figure, name: short(name) }]
        : [];
    }),
  );
  const counts = values.every(({ value }) => Number.isInteger(value));
  return {
    tag: 'chart',
    aspect_ratio: '16:9',
    color_theme: 'brand',
    preview: true,
    chart_spec: {
      type: chart.shape === 'bars' ? 'bar' : 'line',
      title: { text: shown(cut(chart.title, TITLE_CHARS)) },
      data: { values },
      xField: several && chart.shape === 'bars' ? ['label', 'name'] : 'label',
      yField: 'value',
      seriesField: 'name',
      legends: { visible: several, orient: 'bottom' },
      axes: [{ orient: 'bottom' }, { orient: 'left', ...(counts && { tick: { noDecimals: true } }) }],
      media: [],
    },
  };
}

/** The same figures in words, for where no chart can be drawn. */
export function chartLines({ title, labels, series }: Chart): string[] {
  const lines = labels.map((label, index) => {
    const figures = series.map(({ name, values }) => {
      const figure = values[index] ?? '—';
      return series.length > 1 ? `${short(name)} ${figure}` : `${figure}`;
    });
    return `${short(label)}：${figures.join('，')}`;
  });
  return title.trim() === '' ? lines : [title, ...lines];
}

const short = (name: string): string => shown(cut(name, NAME_CHARS)).replaceAll('\n', ' ');
