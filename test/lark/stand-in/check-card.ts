import { cardShape, KNOWN_TAGS } from './card-components.ts';
import { chartProblem, tableProblem } from './card-data.ts';
import { type CardProblem, unparsable } from './card-problem.ts';
import { namesProblem, nestingProblem, optionsProblem } from './card-structure.ts';
import { components } from './card-tree.ts';
import { isObject, type JsonObject } from './json.ts';
import { markupOf } from './markdown.ts';

/** What a card may refer to. */
export interface KnownThings {
  person(id: string): boolean;
  image(key: string): boolean;
}

const MOST_ELEMENTS = 200;
const MOST_TABLES = 5;
const GONE = ['note', 'action', 'repeat'];

/** The first thing that is wrong with a card of JSON 2.0; undefined when it may be shown. */
export function cardProblem(card: unknown, known: KnownThings): CardProblem | undefined {
  const places = components(card);
  const gone = places.find(({ tag }) => GONE.includes(tag));
  if (gone) {
    const message = 'cards of schema V2 no longer support this capability';
    return { code: 200861, message, value: `unsupported tag ${gone.tag}`, path: gone.path };
  }
  const strange = places.find(({ tag }) => !KNOWN_TAGS.has(tag));
  if (strange) {
    const value = `type of element is not supported tag: ${strange.tag}`;
    return { ...unparsable(value), path: strange.path };
  }
  if (tagged(card).length > MOST_ELEMENTS) return { code: 11310, message: 'element exceeds the limit' };
  if (places.filter(({ tag }) => tag === 'table').length > MOST_TABLES) {
    return { code: 11310, message: 'card table number over limit', value: 'table' };
  }
  return (
    shapeProblem(card) ??
    firstOf(places, nestingProblem) ??
    namesProblem(places) ??
    firstOf(places, optionsProblem) ??
    firstOf(places, ({ tag, element }) => (tag === 'chart' ? chartProblem(element) : undefined)) ??
    firstOf(places, ({ tag, element }) => (tag === 'table' ? tableProblem(element) : undefined)) ??
    sizeProblem(card) ??
    referenceProblem(card, known)
  );
}

function firstOf<T extends { path: string }>(
  places: readonly T[],
  check: (place: T) => CardProblem | undefined,
): CardProblem | undefined {
  for (const place of places) {
    const problem = check(place);
    if (problem) return { path: place.path, ...problem };
  }
  return undefined;
}

function shapeProblem(card: unknown): CardProblem | undefined {
  const issue = cardShape.safeParse(card).error?.issues[0];
  if (!issue) return undefined;
  const path = ['ROOT', ...issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : String(step)))];
  return { ...unparsable(issue.message), path: path.join(' -> ') };
}

const SIZES = new Set(
  `heading-0 heading-1 heading-2 heading-3 heading-4 heading normal notation xxxx-large xxx-large xx-large x-large large
  medium small x-small`.split(/\s+/),
);

function sizeProblem(card: unknown): CardProblem | undefined {
  const config = isObject(card) && isObject(card.config) ? card.config : {};
  const own = isObject(config.style) && isObject(config.style.text_size) ? config.style.text_size : {};
  const wrong = tagged(card).find(
    ({ text_size: size }) => typeof size === 'string' && !SIZES.has(size) && !(size in own),
  );
  return wrong ? unparsable(`text_size ${wrong.text_size} is unknown`) : undefined;
}

/** Every object of a card that has a tag; what a button calls back with, what is drawn and what is in a table are data. */
export function tagged(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(tagged);
  if (!isObject(value)) return [];
  const inside = Object.entries(value)
    .filter(([key]) => !['value', 'chart_spec', 'rows'].includes(key))
    .flatMap(([, each]) => tagged(each));
  return typeof value.tag === 'string' ? [value, ...inside] : inside;
}

function referenceProblem(card: unknown, known: KnownThings): CardProblem | undefined {
  const { people, images } = references(card);
  const stranger = people.find((id) => id !== 'all' && !known.person(id));
  if (stranger !== undefined) {
    return {
      code: 100290,
      message: 'There is an invalid user resource(at/person) in your card',
      value: stranger,
    };
  }
  const picture = images.find((key) => !known.image(key));
  if (picture === undefined) return undefined;
  return { code: 200570, message: 'card contains invalid image keys', value: `image key ${picture}` };
}

/** Whom a card names, and which pictures it shows, wherever that may stand. */
function references(card: unknown): { people: string[]; images: string[] } {
  const people: string[] = [];
  const images: string[] = [];
  const read = (text: unknown) => {
    if (typeof text !== 'string') return;
    const markup = markupOf(text);
    people.push(...markup.mentions);
    images.push(...markup.images);
  };
  for (const element of tagged(card)) {
    if (element.tag === 'markdown' || element.tag === 'lark_md') read(element.content);
    if (typeof element.img_key === 'string') images.push(element.img_key);
    if (element.tag === 'person') people.push(String(element.user_id));
    if (element.tag === 'person_list' && element.drop_invalid_user_id !== true) {
      people.push(...(element.persons as { id: string }[]).map(({ id }) => id));
    }
    if (String(element.tag).endsWith('select_person')) {
      people.push(...((element.options ?? []) as { value: string }[]).map(({ value }) => value));
      people.push(...[element.initial_option ?? element.selected_values ?? []].flat().map(String));
    }
    if (element.tag === 'table') readTable(element, read, people);
  }
  return { people, images };
}

function readTable({ columns, rows }: JsonObject, read: (text: unknown) => void, people: string[]): void {
  for (const { name, data_type: type } of columns as { name: string; data_type: string }[]) {
    for (const row of rows as JsonObject[]) {
      if (type === 'persons') people.push(...[row[name] ?? []].flat().map(String));
      if (type === 'lark_md' || type === 'markdown') read(row[name]);
    }
  }
}
