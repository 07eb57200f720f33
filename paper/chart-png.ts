import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { Chart } from '../ledger/message.ts';
import { plotArea, type Rect, type Scale, scaleOf } from './chart-scale.ts';
import { paperFonts } from './fonts.ts';

type Pen = SKRSContext2D;

/** Told apart by who cannot tell colours apart too: each line has a mark and a dash of its own. */
const STYLES = [
  { colour: '#1f5fa8', dash: [], mark: 'circle' },
  { colour: '#2f8f4e', dash: [8, 5], mark: 'square' },
  { colour: '#c4372c', dash: [2, 4], mark: 'triangle' },
  { colour: '#8a5a00', dash: [12, 4, 2, 4], mark: 'circle' },
] as const;
const INK = '#1c1c1c';
const PALE = '#d9d9d9';
const FAMILY = 'Qinglian Chart';

/**
 * A chart as a picture, for platforms that draw none: title, legend, axes and every series, in Chinese.
 * @param size in pixels; the height follows the width
 * @throws RangeError for a width outside 320 to 2000
 */
export async function chartPng(chart: Chart, { width = 720 }: { width?: number } = {}): Promise<Buffer> {
  if (!Number.isInteger(width) || width < 320 || width > 2000)
    throw new RangeError(`width of a chart: found ${width}, expected 320 to 2000 pixels`);
  const canvas = await blank(width, Math.round(width * 0.6));
  const pen = canvas.getContext('2d');
  const unit = width / 720;
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  write(pen, { text: chart.title, x: 24 * unit, y: 40 * unit, size: 22 * unit, most: width - 48 * unit });
  legend(pen, chart, unit);
  const scale = scaleOf(chart);
  const area = plotArea(canvas.width, canvas.height, unit);
  grid(pen, area, scale, unit);
  labels(pen, area, chart.labels, unit);
  chart.series.forEach(({ values }, index) => {
    if (chart.shape === 'lines') line(pen, area, scale, { values, style: styleOf(index), unit });
    else bars(pen, area, scale, { values, index, of: chart.series.length, unit });
  });
  if (chart.shape === 'lines') ends(pen, area, scale, chart, unit);
  return canvas.encode('png');
}

let registered: Promise<typeof import('@napi-rs/canvas')> | undefined;

/** The library and its letters are loaded when the first picture is asked for: nobody else should wait for them. */
async function blank(width: number, height: number): Promise<Canvas> {
  registered ??= load().catch((fault) => {
    registered = undefined;
    throw fault;
  });
  return (await registered).createCanvas(width, height);
}

async function load(): Promise<typeof import('@napi-rs/canvas')> {
  const [library, { regular }] = await Promise.all([import('@napi-rs/canvas'), paperFonts()]);
  library.GlobalFonts.register(regular, FAMILY);
  return library;
}

const styleOf = (index: number) => STYLES[index % STYLES.length] ?? STYLES[0];
type Style = ReturnType<typeof styleOf>;

interface Words {
  text: string;
  x: number;
  y: number;
  size: number;
  align?: 'left' | 'center' | 'right';
  /** The widest it may become. */
  most?: number;
}

function write(pen: Pen, { text, x, y, size, align = 'left', most }: Words): void {
  pen.font = `${size}px "${FAMILY}"`;
  pen.fillStyle = INK;
  pen.textAlign = align;
  if (most === undefined) pen.fillText(text, x, y);
  else pen.fillText(text, x, y, most);
}

function legend(pen: Pen, { series, shape }: Chart, unit: number): void {
  let x = 24 * unit;
  const y = 72 * unit;
  series.forEach(({ name }, index) => {
    const style = styleOf(index);
    if (shape === 'lines') {
      stroke(pen, style, unit, () => {
        pen.moveTo(x, y - 5 * unit);
        pen.lineTo(x + 34 * unit, y - 5 * unit);
      });
      mark(pen, style, { x: x + 17 * unit, y: y - 5 * unit }, unit);
    } else {
      pen.fillStyle = style.colour;
      pen.fillRect(x, y - 13 * unit, 34 * unit, 14 * unit);
    }
    write(pen, { text: name, x: x + 42 * unit, y, size: 16 * unit });
    x += 42 * unit + pen.measureText(name).width + 26 * unit;
  });
}

function grid(pen: Pen, area: Rect, { ticks, top }: Scale, unit: number): void {
  for (const tick of ticks) {
    const y = area.y + area.height * (1 - tick / top);
    pen.strokeStyle = tick === 0 ? INK : PALE;
    pen.lineWidth = unit;
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(area.x, y);
    pen.lineTo(area.x + area.width, y);
    pen.stroke();
    write(pen, { text: `${tick}`, x: area.x - 10 * unit, y: y + 5 * unit, size: 15 * unit, align: 'right' });
  }
}

const middleOf = (area: Rect, count: number, index: number): number =>
  area.x + (area.width * (index + 0.5)) / Math.max(1, count);

/** As many as have room; the last one always. */
function labels(pen: Pen, area: Rect, all: readonly string[], unit: number): void {
  pen.font = `${15 * unit}px "${FAMILY}"`;
  const widest = Math.max(1, ...all.map((label) => pen.measureText(label).width)) + 10 * unit;
  const every = Math.max(1, Math.ceil((all.length * widest) / area.width));
  all.forEach((text, index) => {
    if ((all.length - 1 - index) % every !== 0) return;
    const y = area.y + area.height + 24 * unit;
    write(pen, { text, x: middleOf(area, all.length, index), y, size: 15 * unit, align: 'center' });
  });
}

interface Line {
  values: readonly number[];
  style: Style;
  unit: number;
}

function line(pen: Pen, area: Rect, { top }: Scale, { values, style, unit }: Line): void {
  const points = values.map((value, index) => ({
    x: middleOf(area, values.length, index),
    y: area.y + area.height * (1 - value / top),
  }));
  stroke(pen, style, unit, () => {
    for (const { x, y } of points) pen.lineTo(x, y);
  });
  for (const point of points) mark(pen, style, point, unit);
}

/** What each line has come to, beside its end: where two ends are near each other, one above the other. */
function ends(
  pen: Pen,
  area: Rect,
  { top }: Scale,
  { series, labels: { length } }: Chart,
  unit: number,
): void {
  const last = series
    .flatMap(({ values }) => values.at(-1) ?? [])
    .map((value) => ({ value, y: area.y + area.height * (1 - value / top) }))
    .sort((a, b) => b.y - a.y);
  const x = middleOf(area, length, length - 1) + 9 * unit;
  let above = Number.POSITIVE_INFINITY;
  for (const { value, y } of last) {
    above = Math.min(y, above - 16 * unit);
    write(pen, { text: `${value}`, x, y: above + 5 * unit, size: 15 * unit });
  }
}

function stroke(pen: Pen, { colour, dash }: Style, unit: number, draw: () => void): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2.5 * unit;
  pen.setLineDash(dash.map((length) => length * unit));
  pen.beginPath();
  draw();
  pen.stroke();
  pen.setLineDash([]);
}

function mark(
  pen: Pen,
  { colour, mark: shape }: Style,
  { x, y }: { x: number; y: number },
  unit: number,
): void {
  const half = 4.5 * unit;
  pen.fillStyle = colour;
  pen.beginPath();
  if (shape === 'circle') pen.arc(x, y, half, 0, 2 * Math.PI);
  else if (shape === 'square') pen.rect(x - half, y - half, 2 * half, 2 * half);
  else {
    pen.moveTo(x, y - half * 1.2);
    pen.lineTo(x + half * 1.2, y + half);
    pen.lineTo(x - half * 1.2, y + half);
  }
  pen.fill();
}

interface Bars {
  values: readonly number[];
  index: number;
  of: number;
  unit: number;
}

function bars(pen: Pen, area: Rect, { top }: Scale, { values, index, of, unit }: Bars): void {
  const slot = area.width / Math.max(1, values.length);
  const wide = (slot * 0.7) / of;
  values.forEach((value, place) => {
    const x = area.x + slot * (place + 0.15) + wide * index;
    const height = (area.height * value) / top;
    pen.fillStyle = styleOf(index).colour;
    pen.fillRect(x, area.y + area.height - height, wide * 0.92, height);
    if (value > 0 && wide > 12 * unit)
      write(pen, {
        ...{ text: `${value}`, x: x + wide * 0.46, y: area.y + area.height - height - 5 * unit },
        ...{ size: 13 * unit, align: 'center' },
      });
  });
}
