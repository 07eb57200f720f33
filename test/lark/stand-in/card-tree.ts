import { isObject, type JsonObject } from './json.ts';

/** A component of a card, and where it stands. */
export interface Place {
  readonly element: JsonObject;
  readonly tag: string;
  /** Such as `ROOT -> body -> elements -> [0](tag: form)`. */
  readonly path: string;
  /** Tags of the components around it, the outermost first. */
  readonly around: readonly string[];
  /** Name of the form that it stands in. */
  readonly form?: string;
}

/** All components of a card's body, in the order in which they are seen. */
export function components(card: unknown): Place[] {
  const body = isObject(card) && isObject(card.body) ? card.body : {};
  return listed(body.elements, 'ROOT -> body -> elements', []);
}

function listed(elements: unknown, path: string, around: readonly string[], form?: string): Place[] {
  if (!Array.isArray(elements)) return [];
  return elements.flatMap((element, index) => {
    if (!isObject(element)) return [];
    const tag = String(element.tag);
    const here = `${path} -> [${index}](tag: ${tag})`;
    const inForm = tag === 'form' ? String(element.name) : form;
    const inside = [...around, tag];
    const buttons = isObject(element.button_area) ? element.button_area.buttons : undefined;
    return [
      { element, tag, path: here, around, ...(form === undefined ? {} : { form }) },
      ...listed(element.elements, `${here} -> elements`, inside, inForm),
      ...listed(tag === 'column_set' ? element.columns : [], `${here} -> columns`, inside, inForm),
      ...listed(buttons, `${here} -> button_area -> buttons`, inside, inForm),
    ];
  });
}

/** What its `behaviors` call back with. */
export function callbackOf({ behaviors }: JsonObject): unknown {
  if (!Array.isArray(behaviors)) return undefined;
  return behaviors.find((each) => isObject(each) && each.type === 'callback')?.value;
}

/** Tags of what somebody can fill in. */
export const FIELD_TAGS: readonly string[] = [
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
];
