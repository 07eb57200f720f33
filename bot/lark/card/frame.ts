import type { Tone } from '../../../ledger/message.ts';
import { type Element, plainText } from './element.ts';
import { cut, shown } from './shown-text.ts';

/** Card JSON 2.0. */
export interface Card {
  schema: '2.0';
  config: {
    update_multi: true;
    enable_forward: false;
    enable_forward_interaction: false;
    width_mode: 'default' | 'fill';
    /** What stands in the list of chats and in the notification. */
    summary: { content: string };
  };
  header?: { title: Element; template: Template };
  body: { elements: Element[] };
}

type Template = 'blue' | 'green' | 'orange' | 'red';

/** Orange for yellow: white letters on yellow can hardly be read. */
const TEMPLATES: Readonly<Record<Tone, Template>> = {
  plain: 'blue',
  green: 'green',
  yellow: 'orange',
  red: 'red',
};

const NAMELESS = '清廉台账';
const SUMMARY_CHARS = 60;
const TITLE_CHARS = 120;

/** What is around the elements of a card. What a ledger says is for whom it was said to: nobody can forward it. */
export function frame(
  about: { headline: string; title?: string; tone?: Tone; wide?: boolean },
  elements: Element[],
): Card {
  const { headline, title, tone = 'plain', wide = false } = about;
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: false,
      enable_forward_interaction: false,
      width_mode: wide ? 'fill' : 'default',
      summary: { content: oneLine(headline, SUMMARY_CHARS) },
    },
    ...(title !== undefined && {
      header: { title: plainText(oneLine(title, TITLE_CHARS)), template: TEMPLATES[tone] },
    }),
    body: { elements },
  };
}

const oneLine = (text: string, most: number): string =>
  cut(
    shown(text.slice(0, 2 * most))
      .replace(/\s+/gu, ' ')
      .trim(),
    most,
  ) || NAMELESS;
