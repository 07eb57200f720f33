import type { TextContent } from '../../../ledger/message.ts';
import { textBlock } from './element.ts';
import { type Card, frame } from './frame.ts';
import { cut } from './shown-text.ts';
import { fits, sizeOf } from './size.ts';

const MOST_PARAGRAPHS = 60;
/** The longest that fits is shown. */
const TEXT_CHARS = [20_000, 12_000, 8_500];

/** A message without title. A card too, because the platform reads markup in its text messages. */
export function textCard({ text }: TextContent): Card {
  const cards = TEXT_CHARS.map((chars) => {
    const paragraphs = cut(text, chars)
      .split(/\n\s*\n/u)
      .filter((paragraph) => paragraph.trim() !== '');
    const shownOnes = [
      ...paragraphs.slice(0, MOST_PARAGRAPHS - 1),
      ...(paragraphs.length >= MOST_PARAGRAPHS ? [paragraphs.slice(MOST_PARAGRAPHS - 1).join('\n')] : []),
    ];
    return frame(
      { headline: text },
      (shownOnes.length > 0 ? shownOnes : ['（没有文字）']).map((each) => textBlock(each)),
    );
  });
  return cards.find((card) => fits(sizeOf(card))) ?? frame({ headline: text }, [textBlock(cut(text, 4000))]);
}
