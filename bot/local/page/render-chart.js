import { h } from './dom.js';

const WIDTH = 320;
const HEIGHT = 120;
const BASE = HEIGHT - 18;
const TOP = 14;

/**
 * A small drawing of the figures; who cannot see it hears them.
 * @param {{ shape: 'bars' | 'lines', title: string, labels: string[], series: { name: string, values: number[] }[] }} chart
 */
export function renderChart(chart) {
  const most = Math.max(1, ...chart.series.flatMap(({ values }) => values));
  const place = (value) => BASE - ((BASE - TOP) * value) / most;
  const step = WIDTH / Math.max(1, chart.labels.length);
  const draw = chart.shape === 'lines' ? drawLine : drawBars;
  const drawing = svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': spoken(chart), class: 'chart-drawing' },
    svg('line', { x1: 0, x2: WIDTH, y1: BASE, y2: BASE, class: 'chart-axis' }),
    ...chart.series.flatMap((series, index) => draw(series, { index, of: chart.series.length, step, place })),
    ...chart.labels.map((label, at) =>
      svg('text', { x: step * (at + 0.5), y: HEIGHT - 4, class: 'chart-label' }, label),
    ),
  );
  const legend = chart.series.map(({ name }, index) =>
    h('span', { class: `chart-key series-${index}` }, name),
  );
  return h(
    'figure',
    { class: 'chart' },
    h('figcaption', {}, chart.title, h('span', { class: 'chart-legend' }, ...legend)),
    drawing,
  );
}

function drawBars({ values }, { index, of, step, place }) {
  const width = (step * 0.7) / of;
  return values.flatMap((value, at) => {
    const x = step * at + step * 0.15 + width * index;
    const bar = svg('rect', {
      x,
      y: place(value),
      width,
      height: BASE - place(value),
      class: `series-${index}`,
    });
    if (value === 0) return [bar];
    return [bar, svg('text', { x: x + width / 2, y: place(value) - 3, class: 'chart-value' }, String(value))];
  });
}

function drawLine({ values }, { index, step, place }) {
  const points = values.map((value, at) => `${step * (at + 0.5)},${place(value)}`).join(' ');
  return [svg('polyline', { points, class: `chart-line series-${index}` })];
}

const spoken = ({ title, labels, series }) =>
  [
    title,
    ...series.map(
      ({ name, values }) => `${name}：${labels.map((label, at) => `${label} ${values[at]}`).join('，')}`,
    ),
  ].join('。');

function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}
