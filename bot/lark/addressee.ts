import { hash } from 'node:crypto';
import type { Card } from './card/card.ts';

/** Short, since it stands in every button. */
const markOf = (openId: string): string => hash('sha256', openId, 'base64url').slice(0, 8);

/** The card with whom it is for in each of its buttons: what somebody else presses must not become what all see. */
export function addressed(card: Card, openId: string): Card {
  const to = markOf(openId);
  const marked = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(marked);
    if (typeof part !== 'object' || part === null) return part;
    const inside = Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, marked(inner)]));
    return isButtonValue(inside) ? { ...inside, to } : inside;
  };
  return marked(card) as Card;
}

const isButtonValue = (part: unknown): part is { line: string } =>
  typeof part === 'object' && part !== null && 'line' in part && typeof part.line === 'string';

/** Whether the button that was pressed stands on a card for somebody else. */
export function isForAnother(value: unknown, openId: string): boolean {
  const to = typeof value === 'object' && value !== null && 'to' in value ? value.to : undefined;
  return to !== undefined && to !== markOf(openId);
}
