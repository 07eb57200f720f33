import { initialValue } from './card-fields.ts';
import { FIELD_TAGS, type Place } from './card-tree.ts';
import type { JsonObject } from './json.ts';

export interface FormOptions {
  /**
   * What the person puts into the fields, by name; the others keep what they hold. A date is `2024-04-01`, a time
   * `00:00`, a moment `2024-04-01 00:00`; a list is the values of the options or open ids; a checker is true or false.
   */
  form?: Record<string, unknown>;
  /** Sends what the client would not: fields left empty that are required, text too long, options that are not there. */
  unchecked?: boolean;
  /** How a field without content arrives: the documents do not say. `absent` unless given. */
  empty?: 'absent' | 'blank' | 'null';
}

const ZONED = ['date_picker', 'picker_time', 'picker_datetime'];
const MOMENTS: Readonly<Record<string, RegExp>> = {
  date_picker: /^\d{4}-\d{2}-\d{2}$/,
  picker_time: /^\d{2}:\d{2}$/,
  picker_datetime: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/,
};

/**
 * `form_value` as the client sends it.
 * @param inChat open ids of those in the chat: whom a choice of people without options offers
 * @throws when the client would not send it
 */
export function filledIn(
  places: readonly Place[],
  options: FormOptions,
  inChat: readonly string[],
): JsonObject {
  const fields = places.filter(({ tag }) => FIELD_TAGS.includes(tag));
  const given = options.form ?? {};
  const strange = Object.keys(given).find((name) => !fields.some(({ element }) => element.name === name));
  if (strange !== undefined && !options.unchecked) throw new Error(`The form has no field ${strange}`);
  const entries = fields.flatMap((place): [string, unknown][] => {
    const name = String(place.element.name);
    const value = name in given ? given[name] : initialValue(place);
    if (!options.unchecked) checkField(place, value, inChat);
    if (!isEmpty(value)) return [[name, ZONED.includes(place.tag) ? zoned(String(value)) : value]];
    if (options.empty === 'null') return [[name, null]];
    return options.empty === 'blank' ? [[name, place.tag.startsWith('multi_') ? [] : '']] : [];
  });
  const rest = Object.entries(given).filter(([name]) => !fields.some(({ element }) => element.name === name));
  return Object.fromEntries([...entries, ...rest]);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const zoned = (value: string): string => (/ [+-]\d{4}$/.test(value) ? value : `${value} +0800`);

function checkField({ element, tag }: Place, value: unknown, inChat: readonly string[]): void {
  const name = String(element.name);
  if (isEmpty(value)) {
    if (element.required === true) throw new Error(`The client asks for ${name} first: it is required`);
    return;
  }
  const isList = tag.startsWith('multi_');
  if (isList !== Array.isArray(value)) throw new Error(`${name} takes ${isList ? 'a list' : 'one value'}`);
  if (tag === 'input' && String(value).length > Number(element.max_length ?? 1000)) {
    throw new Error(`${name} takes no more than ${element.max_length ?? 1000} characters`);
  }
  const pattern = MOMENTS[tag];
  if (pattern && !pattern.test(String(value).replace(/ [+-]\d{4}$/, ''))) {
    throw new Error(`${name} does not take ${value}`);
  }
  if (tag === 'checker' && typeof value !== 'boolean') throw new Error(`${name} is checked or not`);
  if (!tag.includes('select')) return;
  const listed: unknown[] = Array.isArray(element.options)
    ? element.options.map((option: JsonObject) => option.value)
    : [];
  const offered: readonly unknown[] = listed.length === 0 && tag.endsWith('person') ? inChat : listed;
  const missing = [value].flat().find((each) => !offered.includes(each));
  if (missing !== undefined) throw new Error(`${name} offers no ${missing}`);
}
