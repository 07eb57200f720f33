import { shown } from './shown-text.ts';

/** A component of a card or a part of one: whatever has a `tag` counts against the platform's limit. */
export interface Element {
  tag: string;
  [property: string]: unknown;
}

/** How a piece of text looks; its size and colour are the only emphasis, since markup would let text speak for itself. */
export interface Look {
  text_size?: 'heading' | 'normal' | 'notation';
  text_color?: 'grey' | 'red';
}

/** Text that no client reads markup in. The platform takes no empty text, so a dash stands for none. */
export function plainText(content: string, look: Look = {}): Element {
  const text = shown(content);
  return { tag: 'plain_text', content: text.trim() === '' ? '—' : text, ...look };
}

export const textBlock = (content: string, look: Look = {}): Element => ({
  tag: 'div',
  text: plainText(content, look),
});

export const heading = (content: string): Element => textBlock(content, { text_size: 'heading' });

/** A remark of the card's own, beside what it was asked to say. */
export const remark = (content: string): Element =>
  textBlock(content, { text_size: 'notation', text_color: 'grey' });

export const rule: Element = { tag: 'hr' };

/** Something that opens when it is pressed; no form and no table may stand in it. */
export const foldedPanel = (title: string, elements: Element[]): Element => ({
  tag: 'collapsible_panel',
  expanded: false,
  header: { title: plainText(title) },
  elements,
});
