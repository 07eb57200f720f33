import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CardContext, cardJson, cardOf } from '../../bot/lark/card/card.ts';
import { readControlName } from '../../bot/lark/card/field-name.ts';
import { pressedLine } from '../../bot/lark/card/pressed.ts';
import type { Content } from '../../ledger/message.ts';
import { hostileContents, hostileForms } from './card-hostile-contents.ts';
import { cardProblem } from './stand-in/check-card.ts';

const contexts = fc.constantFrom<CardContext[]>(
  { openIdOf: () => undefined },
  { openIdOf: (personId) => `ou_${personId.slice(0, 40)}` },
  { openIdOf: (personId) => (personId.endsWith('7') ? undefined : `ou_${personId}`) },
  { openIdOf: () => undefined, pictureOf: (text) => `img_${text.length}` },
);

type Part = Record<string, unknown>;

/** Every object in it, itself among them; one that stands there several times is named once. */
function partsOf(value: unknown, seen = new Set<object>()): Part[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const inside = Object.values(value).flatMap((each) => partsOf(each, seen));
  return Array.isArray(value) ? inside : [value as Part, ...inside];
}

/** The lines of all the content's buttons. */
const linesOf = (content: Content): Set<unknown> => new Set(partsOf(content).map(({ action }) => action));

const MARKUP = ['markdown', 'lark_md', 'text_tag', 'person'];

function check(content: Content, context: CardContext): Part[] {
  const json = cardJson(cardOf(content, context));
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(28 * 1024);
  const parts = partsOf(JSON.parse(json));
  const tagged = parts.filter(({ tag }) => typeof tag === 'string');
  expect(tagged.length).toBeLessThanOrEqual(180);
  expect(tagged.filter(({ tag }) => tag === 'table' || tag === 'chart').length).toBeLessThanOrEqual(5);
  expect(tagged.filter(({ tag }) => MARKUP.includes(String(tag)))).toEqual([]);
  const words = tagged.filter(({ tag }) => tag === 'plain_text');
  expect(words.filter(({ content: said }) => String(said).trim() === '')).toEqual([]);
  const lines = linesOf(content);
  const pressed = parts
    .filter(({ tag }) => tag === 'button')
    .flatMap(({ behaviors }) => (behaviors as Part[]).map(({ value }) => pressedLine(value)));
  expect(pressed.filter((line) => !lines.has(line))).toEqual([]);
  const anybody = { person: () => true, image: () => true };
  expect(cardProblem(JSON.parse(json), anybody)).toBeUndefined();
  return parts;
}

it('a card is within every limit and reads no markup, whatever the content says', () => {
  fc.assert(
    fc.property(hostileContents, contexts, (content, context) => {
      check(content, context);
    }),
    { numRuns: 80 },
  );
});

it('a form loses no field, and one button sends it', () => {
  fc.assert(
    fc.property(hostileForms, contexts, (form, context) => {
      const parts = check(form, context);
      const names = parts.flatMap(({ name }) => readControlName(String(name))?.field ?? []);
      expect(names.toSorted()).toEqual(form.fields.map(({ name }) => name).toSorted());
      expect(parts.some((part) => part.form_action_type === 'submit')).toBe(true);
    }),
    { numRuns: 80 },
  );
});

it('a notice of ten thousand sections, each of them full, is within the limits', () => {
  const words = '<at user_id="all"></at>'.repeat(1000);
  const actions = Array.from({ length: 10 }, (_, index) => ({ action: `查看 ${index}`, label: words }));
  const sections = Array.from({ length: 10_000 }, () => ({ heading: words, lines: [words, words], actions }));
  check({ kind: 'notice', title: words, tone: 'red', sections, actions }, { openIdOf: () => undefined });
});
