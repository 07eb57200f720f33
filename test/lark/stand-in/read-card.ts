import { initialValue, type Names, optionsOf, textOf } from './card-fields.ts';
import { callbackOf, components, FIELD_TAGS, type Place } from './card-tree.ts';
import { isObject, type JsonObject } from './json.ts';
import { shownMarkdown } from './markdown.ts';

/** A button as a person sees it, with what pressing it calls back with. */
export interface SeenButton {
  label: string;
  value: unknown;
  isSubmit: boolean;
  isDisabled: boolean;
  formName?: string;
}

/** A field as a person sees it. */
export interface SeenField {
  name: string;
  /** Its own label, or else the text that stands right before it. */
  label?: string;
  tag: string;
  required: boolean;
  formName?: string;
  options?: { value: string; label: string }[];
  /** What it holds before anybody touched it. */
  value?: unknown;
}

const SHOWN_COLUMNS = 50;

/**
 * All text of a card in the order in which it is seen, a line each: title, texts, tables, fields with what they hold,
 * titles of charts. No buttons.
 * @param names what people are called; without it they are shown by id
 */
export function seenText(card: unknown, names?: Names): string {
  const header = isObject(card) && isObject(card.header) ? card.header : {};
  const tags = Array.isArray(header.text_tag_list) ? header.text_tag_list : [];
  return [
    textOf(header.title, names),
    textOf(header.subtitle, names),
    ...tags.map((each: JsonObject) => textOf(each.text)),
    ...components(card).flatMap((place) => linesOf(place, names)),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

export const buttonsOf = (card: unknown): SeenButton[] =>
  components(card)
    .filter(({ tag }) => tag === 'button')
    .map(({ element, form }) => ({
      label: textOf(element.text),
      value: callbackOf(element),
      isSubmit: element.form_action_type === 'submit',
      isDisabled: element.disabled === true,
      ...(form === undefined ? {} : { formName: form }),
    }));

export function fieldsOf(card: unknown, names?: Names): SeenField[] {
  const fields: SeenField[] = [];
  let before = '';
  for (const place of components(card)) {
    if (!FIELD_TAGS.includes(place.tag)) {
      before = linesOf(place, names).at(-1) ?? before;
      continue;
    }
    fields.push(seenField(place, before, names));
    before = '';
  }
  return fields;
}

function seenField(place: Place, before: string, names: Names | undefined): SeenField {
  const { element, tag, form } = place;
  const label = textOf(element.label ?? element.text, names) || before;
  const value = initialValue(place);
  return {
    name: String(element.name ?? ''),
    tag,
    required: element.required === true,
    ...(label === '' ? {} : { label }),
    ...(form === undefined ? {} : { formName: form }),
    ...(Array.isArray(element.options) ? { options: optionsOf(element, names) } : {}),
    ...(value === undefined ? {} : { value }),
  };
}

function linesOf(place: Place, names: Names | undefined): string[] {
  const { element, tag } = place;
  if (tag === 'markdown') return shownMarkdown(String(element.content), names).split('\n');
  if (tag === 'div') {
    const fields = Array.isArray(element.fields) ? element.fields : [];
    const texts = [element.text, ...fields.map((field: JsonObject) => field.text)];
    return texts.map((text) => textOf(text, names)).filter((line) => line !== '');
  }
  if (tag === 'collapsible_panel')
    return isObject(element.header) ? [textOf(element.header.title, names)] : [];
  if (tag === 'table') return tableLines(element, names);
  if (tag === 'chart') return chartLines(element);
  if (tag === 'person') return [calledBy(names)(element.user_id)];
  if (tag === 'person_list') return (element.persons as JsonObject[]).map(({ id }) => calledBy(names)(id));
  return FIELD_TAGS.includes(tag) ? [fieldLine(place, names)] : [];
}

const calledBy =
  (names: Names | undefined) =>
  (id: unknown): string =>
    names?.(String(id)) ?? String(id);

function fieldLine(place: Place, names: Names | undefined): string {
  const { element, tag } = place;
  const value = initialValue(place);
  if (tag === 'checker') return `${value ? '☑' : '☐'} ${textOf(element.text, names)}`;
  const labels = new Map(optionsOf(element, names).map((option) => [option.value, option.label]));
  const chosen = [value ?? ''].flat().map((each) => labels.get(String(each)) ?? String(each));
  return [textOf(element.label), chosen.join('、')].filter((part) => part !== '').join(' ');
}

function tableLines({ columns, rows }: JsonObject, names: Names | undefined): string[] {
  const shown = (columns as JsonObject[]).slice(0, SHOWN_COLUMNS);
  const lines = (rows as JsonObject[]).map((row) =>
    shown.map((column) => cellText(row[String(column.name)], column, names)).join(' | '),
  );
  return [shown.map(({ display_name: name }) => String(name ?? '')).join(' | '), ...lines];
}

function cellText(value: unknown, { data_type: type }: JsonObject, names: Names | undefined): string {
  if (value === undefined) return '';
  if (type === 'date') return new Date(Number(value) + 8 * 3_600_000).toISOString().slice(0, 10);
  if (type === 'lark_md' || type === 'markdown') return shownMarkdown(String(value), names);
  if (type === 'persons') return [value].flat().map(calledBy(names)).join('、');
  return Array.isArray(value) ? value.map(({ text }: JsonObject) => String(text)).join('、') : String(value);
}

function chartLines({ chart_spec: spec }: JsonObject): string[] {
  const title = isObject(spec) ? spec.title : undefined;
  const text = isObject(title) ? title.text : title;
  return typeof text === 'string' ? [text] : [];
}
