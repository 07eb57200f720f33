import { type FieldKind, readControlName } from '../../bot/lark/card/field-name.ts';
import { pressedLine } from '../../bot/lark/card/pressed.ts';
import type {
  Action,
  Content,
  FieldOption,
  FieldType,
  FormField,
  Section,
  TableContent,
  Tone,
} from '../../ledger/message.ts';

/** Who is who on the platform, for what a card shows as a person. */
export interface People {
  personIdOf(openId: string): string;
  openIdOf(personId: string): string;
  nameOf(personId: string): string;
}

interface Element {
  tag: string;
  [property: string]: unknown;
}

/** What a person sees on a card, in the house's own terms: so that one test can read both chats. */
export function seenContent(card: object, people: People): Content {
  const { header, body } = card as {
    header?: { title: Text; template: string };
    body: { elements: Element[] };
  };
  const title = header?.title.content;
  const { elements } = body;
  const form = elements.find(({ tag }) => tag === 'form');
  if (form) return seenForm(title ?? '', elements, form, people);
  const table = elements.find(({ tag }) => tag === 'table');
  if (table) return seenTable(title ?? '', elements, table);
  if (title === undefined) return { kind: 'text', text: elements.map(saidIn).join('\n\n') };
  return { kind: 'notice', title, tone: toneOf(header?.template), ...seenSections(elements) };
}

interface Text {
  content: string;
  text_size?: string;
  text_color?: string;
}

const TONES: Readonly<Record<string, Tone>> = { green: 'green', orange: 'yellow', red: 'red' };
const toneOf = (template: string | undefined): Tone => TONES[template ?? ''] ?? 'plain';

const textOf = (element: Element): Text | undefined =>
  element.tag === 'div' ? (element.text as Text) : undefined;
const saidIn = (element: Element): string => textOf(element)?.content ?? '';

/** A card's own buttons stand below its last line; those above belong to a section. */
function seenSections(elements: readonly Element[]): { sections: Section[]; actions: Action[] } {
  const last = elements.findLastIndex(({ tag }) => tag === 'hr');
  const foot = elements.slice(last + 1);
  const isFoot =
    last >= 0 && foot.length > 0 && foot.every(({ tag }) => tag === 'button' || tag === 'column_set');
  const sections: Section[] = [];
  let open: Section | undefined;
  const current = (): Section => {
    open ??= sections[sections.push({ lines: [] }) - 1] as Section;
    return open;
  };
  const see = (element: Element): void => {
    const said = textOf(element);
    if (element.tag === 'hr') open = undefined;
    else if (said?.text_size === 'heading') {
      open = undefined;
      current().heading = said.content;
    } else if (said) current().lines.push(...said.content.split('\n'));
    else if (element.tag === 'collapsible_panel') {
      const panel = element as unknown as { header: { title: Text }; elements: Element[] };
      open = undefined;
      if (!/^其余 \d+ 项$/.test(panel.header.title.content)) current().heading = panel.header.title.content;
      for (const inner of panel.elements) see(inner);
      open = undefined;
    } else {
      const actions = buttonsIn(element);
      if (actions.length > 0) current().actions = [...(current().actions ?? []), ...actions];
    }
  };
  for (const element of isFoot ? elements.slice(0, last) : elements) see(element);
  return { sections, actions: isFoot ? foot.flatMap(buttonsIn) : [] };
}

export function buttonsIn(part: object): Action[] {
  const element = part as Element;
  if (element.tag === 'button') {
    const [behavior] = element.behaviors as { value: unknown; default_url?: string }[];
    const url = behavior?.default_url;
    const action = pressedLine(behavior?.value) ?? '';
    const style = element.type as string;
    return [
      {
        action,
        label: (element.text as Text).content,
        ...((style === 'primary' || style === 'danger') && { style }),
        ...(url !== undefined && { url }),
      },
    ];
  }
  const body = element.body as { elements: Element[] } | undefined;
  const inside = (element.columns ?? element.elements ?? body?.elements ?? []) as Element[];
  return inside.flatMap(buttonsIn);
}

function seenTable(title: string, elements: readonly Element[], table: Element): TableContent {
  const columns = table.columns as { name: string; display_name: string }[];
  const rows = table.rows as Record<string, string>[];
  return {
    kind: 'table',
    title,
    columns: columns.map(({ display_name }) => display_name),
    rows: rows.map((row) => columns.map(({ name }) => row[name] ?? '')),
    footer: elements.flatMap((element) => (textOf(element) ? saidIn(element).split('\n') : [])),
    actions: elements.flatMap(buttonsIn),
  };
}

function seenForm(title: string, elements: readonly Element[], form: Element, people: People): Content {
  const fields: FormField[] = [];
  let above: Text[] = [];
  for (const element of form.elements as Element[]) {
    const said = textOf(element);
    if (said) above.push(said);
    const control = readControlName(String(element.name ?? ''));
    if (!control) continue;
    fields.push(seenField(element, control, above, people));
    above = [];
  }
  return {
    kind: 'form',
    title,
    intro: elements.flatMap((element) => (textOf(element) ? saidIn(element).split('\n') : [])),
    fields,
    actions: (form.elements as Element[]).flatMap(buttonsIn),
  };
}

function seenField(
  element: Element,
  { kind, field: name }: { kind: FieldKind; field: string },
  above: readonly Text[],
  people: People,
): FormField {
  const type = kind.replace('_typed', '') as FieldType;
  const marked = type === 'checkbox' ? (element.text as Text).content : (above[0]?.content ?? '');
  const error = above.find(({ text_color }) => text_color === 'red')?.content;
  const value = seenValue(element, type, people);
  const options = (element.options as { value: string; text?: Text }[] | undefined)?.map(
    (option): FieldOption => {
      const personId = people.personIdOf(option.value);
      return option.text
        ? { value: option.value, label: option.text.content }
        : { value: personId, label: people.nameOf(personId) };
    },
  );
  return {
    name,
    label: marked.replace(/ \*$|（选填）$/, ''),
    type,
    required: marked.endsWith(' *'),
    ...(options && { options }),
    ...(value !== undefined && { value }),
    ...(error !== undefined && { error }),
  };
}

function seenValue(element: Element, type: FieldType, people: People): FormField['value'] {
  const personOr = (value: string) =>
    element.tag.endsWith('select_person') ? people.personIdOf(value) : value;
  if (type === 'checkbox') return element.checked === true ? true : undefined;
  if (type === 'datetime') return (element.initial_datetime as string | undefined)?.replace(' ', 'T');
  if (type === 'date') return element.initial_date as string | undefined;
  const many = element.selected_values as string[] | undefined;
  if (many) return many.map(personOr);
  const one = (element.initial_option ?? element.default_value) as string | undefined;
  return one === undefined ? undefined : personOr(one);
}

/** What the client sends for a filled-in form, given the values by the house's names. */
export function typedForm(
  card: object,
  values: Readonly<Record<string, unknown>>,
  people: People,
): Record<string, unknown> {
  const { body } = card as { body: { elements: Element[] } };
  const form = body.elements.find(({ tag }) => tag === 'form');
  const controls = ((form?.elements ?? []) as Element[]).flatMap((element) => {
    const control = readControlName(String(element.name ?? ''));
    return control ? [{ element, ...control }] : [];
  });
  const known = controls.map(({ element, kind, field }) => {
    const isPerson = element.tag.endsWith('select_person');
    return [String(element.name), typedValue(kind, values[field], isPerson ? people : undefined)];
  });
  const unknown = Object.entries(values)
    .filter(([name]) => !controls.some(({ field }) => field === name))
    .map(([name, value]) => [`text__${name}`, value]);
  return Object.fromEntries([...known, ...unknown]);
}

function typedValue(kind: FieldKind, value: unknown, people: People | undefined): unknown {
  const openId = (id: unknown) => (people && typeof id === 'string' ? people.openIdOf(id) : id);
  if (value === undefined || value === null) return kind === 'checkbox' ? false : '';
  if (Array.isArray(value)) return value.map(openId);
  if (typeof value !== 'string' || value === '') return value;
  if (kind === 'datetime') return value.replace('T', ' ');
  return openId(value);
}
