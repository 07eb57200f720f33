import type { Place } from './card-tree.ts';
import { isObject, type JsonObject } from './json.ts';
import { shownMarkdown } from './markdown.ts';

/** What a person is called; undefined when nobody knows. */
export type Names = (openId: string) => string | undefined;

/** The text of a `plain_text`, `lark_md` or `markdown` object. */
export function textOf(text: unknown, names?: Names): string {
  if (!isObject(text) || typeof text.content !== 'string') return '';
  return text.tag === 'plain_text' ? text.content : shownMarkdown(text.content, names);
}

export const optionsOf = ({ options }: JsonObject, names?: Names): { value: string; label: string }[] =>
  Array.isArray(options)
    ? options.map(({ value, text }: JsonObject) => ({
        value: String(value),
        label: text === undefined ? (names?.(String(value)) ?? String(value)) : textOf(text),
      }))
    : [];

/**
 * What a field holds before anybody touched it: as the card says, not as a callback would carry it. A choice that is not
 * among the options is none: the client does not show it.
 */
export function initialValue({ element, tag }: Place): unknown {
  const values = optionsOf(element).map(({ value }) => value);
  switch (tag) {
    case 'input':
      return element.default_value === '' ? undefined : element.default_value;
    case 'select_static':
    case 'select_person': {
      const chosen = element.initial_option ?? values[Number(element.initial_index) - 1];
      return values.find((value) => value === chosen);
    }
    case 'multi_select_static':
    case 'multi_select_person': {
      const chosen = Array.isArray(element.selected_values) ? element.selected_values : [];
      const shown = chosen.filter((value) => values.includes(value));
      return shown.length > 0 ? shown : undefined;
    }
    case 'date_picker':
      return element.initial_date;
    case 'picker_time':
      return element.initial_time;
    case 'picker_datetime':
      return element.initial_datetime;
    default:
      return element.checked === true;
  }
}
