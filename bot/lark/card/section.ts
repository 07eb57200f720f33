import type { Section } from '../../../ledger/message.ts';
import { type ButtonRow, buttonRow } from './button.ts';
import { canBeDrawn, chartElement, chartLines } from './chart.ts';
import { foldedPanel, heading, textBlock } from './element.ts';
import { cut, cutLines } from './shown-text.ts';

/** How much of a section is shown. */
export interface Measure {
  lines: number;
  chars: number;
  buttons: number;
  /** Whether its chart is drawn; else the figures stand in lines. */
  drawn: boolean;
  /** Whether a long list without buttons is folded. */
  folding: boolean;
}

const HEADING_CHARS = 200;
/** A list of more lines folds. */
const LINES_UNFOLDED = 6;

/** Heading, lines, chart and buttons of a part of a card. */
export function sectionElements(section: Section, measure: Measure): ButtonRow {
  const { chart } = section;
  const drawn = chart !== undefined && measure.drawn && canBeDrawn(chart);
  const lines = [...section.lines, ...(chart && !drawn ? chartLines(chart) : [])];
  const said = cutLines(lines, measure).join('\n');
  const words = said.trim() === '' ? [] : [textBlock(said)];
  const buttons = buttonRow(section.actions ?? [], measure.buttons, true);
  const title = cut(section.heading ?? '', Math.min(HEADING_CHARS, measure.chars));
  const folds = measure.folding && title.trim() !== '' && !drawn && section.lines.length > LINES_UNFOLDED;
  if (folds && (section.actions ?? []).length === 0)
    return { elements: [foldedPanel(title, words)], left: 0 };
  return {
    elements: [
      ...(title.trim() === '' ? [] : [heading(title)]),
      ...words,
      ...(drawn ? [chartElement(chart)] : []),
      ...buttons.elements,
    ],
    left: buttons.left,
  };
}
