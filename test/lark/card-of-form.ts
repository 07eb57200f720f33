import { expect } from 'vitest';
import { type CardContext, cardJson, cardOf } from '../../bot/lark/card/card.ts';
import type { FormContent, FormField } from '../../ledger/message.ts';
import { cardProblem } from './stand-in/check-card.ts';

export const nobodyHere: CardContext = { openIdOf: () => undefined };
export const everybodyHere: CardContext = { openIdOf: (personId: string) => `ou_${personId}` };

export const form = (...fields: FormField[]): FormContent => ({
  kind: 'form',
  title: '登记说情打招呼',
  intro: ['请如实填写。'],
  fields,
  actions: [
    { action: '提交 d-1', label: '提交', style: 'primary' },
    { action: '放弃 d-1', label: '放弃' },
  ],
});

interface Shape {
  tag: string;
  name?: string;
  elements: { tag: string; name?: string; [property: string]: unknown }[];
}

/** What is inside the form of a card, which the platform takes. */
export function insideOf(content: FormContent, context = nobodyHere): Shape['elements'] {
  const card = cardOf(content, context);
  const people = { person: (id: string) => id.startsWith('ou_'), image: () => false };
  expect(cardProblem(JSON.parse(cardJson(card)), people)).toBeUndefined();
  const inside = card.body.elements.find(({ tag }) => tag === 'form') as Shape | undefined;
  return inside?.elements ?? [];
}

/** The elements of one field. */
export const shownField = (field: FormField, context = nobodyHere) =>
  insideOf(form(field), context).slice(0, -1);
export const controlOf = (field: FormField, context = nobodyHere) => shownField(field, context).at(-1);

export const options = [
  { value: 'a', label: '当面' },
  { value: 'b', label: '电话' },
];
export const people = [
  { value: 'p1', label: '张三（办公室主任）' },
  { value: 'p2', label: '李四（法规处科长）' },
  { value: 'p3', label: '李四（人事处科长）' },
];
export const base = { name: 'x', label: '事项', required: true };
