import type { Content } from '../../../ledger/message.ts';
import { type CardContext, formCard } from './form.ts';
import type { Card } from './frame.ts';
import { noticeCard } from './notice.ts';
import { tableCard } from './table.ts';
import { textCard } from './text.ts';

export type { Card, CardContext };

/**
 * Card JSON 2.0 for the content, within every limit of the platform: at most 28 KB, 180 elements, 5 tables and charts. Whatever
 * people typed stands in `plain_text`, where no client reads mentions, links or formatting. Forms of up to 40 fields keep all.
 */
export function cardOf(content: Content, context: CardContext): Card {
  switch (content.kind) {
    case 'text':
      return textCard(content);
    case 'notice':
      return noticeCard(content, context.pictureOf);
    case 'table':
      return tableCard(content);
    case 'form':
      return formCard(content, context);
  }
}

/** The JSON as it is sent. */
export const cardJson = (card: Card): string => JSON.stringify(card);
