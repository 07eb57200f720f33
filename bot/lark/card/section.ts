import type { Section } from '../../../ledger/message.ts';
import { type ButtonRow, buttonRow } from './button.ts';
import { canBeDrawn, chartElement, chartLines } from './chart.ts';
import { foldedPanel, heading, textBlock } from './element.ts';
import { qrElement } from './qr-element.ts';
import { cut, cutLines } from './shown-text.ts';

/** How much of a section is shown. */
export interface Measure {
  lines: number;
  chars: number;
  buttons: number;
  /** Whether its chart and its QR code are drawn; else the figures stand in lines, as the QR code's text does in any case. */
  drawn: boolean;
  /** Whether a long list without buttons is folded. */
  folding: boolean;
}

const HEADING_CHARS = 200;
/** A list of more lines folds. */
const LINES_UNFOLDED = 6;

/** What the platform calls the picture of the QR code for a text, where it has one. */
export type PictureOf = (text: string) => string | undefined;

/** Heading, lines, chart, QR code and buttons of a part of a card. */
export function sectionElements(section: Section, measure: Measure, pictureOf?: PictureOf): ButtonRow {
  const { chart } = section;
  const drawn = chart !== undefined && measure.drawn && canBeDrawn(chart);
  const picture = measure.drawn && section.qr !== undefined ? pictureOf?.(section.qr) : undefined;
  const lines = [...section.lines, ...(chart && !drawn ? chartLines(chart) : [])];
  const said = cutLines(lines, measure).join('\n');
  const words = said.trim() === '' ? [] : [textBlock(said)];
  const buttons = buttonRow(section.actions ?? [], measure.buttons, true);
  const title = cut(section.heading ?? '', Math.min(HEADING_CHARS, measure.chars));
  const folds =
    measure.folding && title.trim() !== '' && !drawn && !picture && section.lines.length > LINES_UNFOLDED;
  if (folds && (section.actions ?? []).length === 0)
    return { elements: [foldedPanel(title, words)], left: 0 };
  return {
    elements: [
      ...(title.trim() === '' ? [] : [heading(title)]),
      ...words,
      ...(drawn ? [chartElement(chart)] : []),
      ...(picture ? [qrElement(picture)] : []),
      ...buttons.elements,
    ],
    left: buttons.left,
  };
}
