import { expect } from 'vitest';
import { type Card, cardJson, cardOf } from '../../bot/lark/card/card.ts';
import type { Content, NoticeContent, Section } from '../../ledger/message.ts';
import { words } from './card-blocks.ts';
import { cardProblem } from './stand-in/check-card.ts';

const nobodyHere = { openIdOf: () => undefined };
/** The card, which the platform takes. */
export function card(content: Content): Card {
  const made = cardOf(content, nobodyHere);
  expect(
    cardProblem(JSON.parse(cardJson(made)), { person: () => false, image: () => false }),
  ).toBeUndefined();
  return made;
}
export const press = (label: string, line: string) => ({
  tag: 'button',
  text: words(label),
  type: 'default',
  behaviors: [{ type: 'callback', value: { line } }],
});
export const inRow = (...buttons: object[]) => ({
  tag: 'column_set',
  flex_mode: 'flow',
  background_style: 'default',
  horizontal_spacing: '8px',
  columns: buttons.map((one) => ({ tag: 'column', width: 'auto', elements: [one] })),
});
export const notice = (sections: Section[], more: Partial<NoticeContent> = {}): NoticeContent => ({
  kind: 'notice',
  title: '3-2 · 整改中',
  tone: 'plain',
  sections,
  actions: [],
  ...more,
});
export const elementsOf = (content: Content): object[] => card(content).body.elements;
