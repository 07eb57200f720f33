import { type CardProblem, unparsable } from './card-problem.ts';
import { callbackOf, FIELD_TAGS, type Place } from './card-tree.ts';
import { isObject } from './json.ts';

const CONTAINERS = ['form', 'column_set', 'interactive_container', 'collapsible_panel'];
const DEEPEST = 5;
const ROOT_ONLY = ['form', 'table'];
const FORM_ONLY = ['multi_select_static', 'multi_select_person'];

/** What may not stand where it stands. */
export function nestingProblem({ tag, element, around, form }: Place): CardProblem | undefined {
  if (ROOT_ONLY.includes(tag) && around.length > 0)
    return unparsable(`type of element is not supported tag: ${tag}`);
  if (FORM_ONLY.includes(tag) && form === undefined) return unparsable(`${tag} must be in a form`);
  if (tag === 'chart' && form !== undefined) return unparsable('a form can not hold a chart');
  if (tag === 'column' && around.at(-1) !== 'column_set') return unparsable('column must be in a column_set');
  const depth = around.filter((each) => CONTAINERS.includes(each)).length;
  if (CONTAINERS.includes(tag) && depth >= DEEPEST)
    return unparsable(`containers are nested deeper than ${DEEPEST}`);
  if (element.form_action_type !== undefined && form === undefined) {
    return unparsable('form_action_type stands outside of a form');
  }
  if (element.form_action_type === 'submit' && !isObject(callbackOf(element))) {
    return unparsable('the submit button calls back with nothing');
  }
  return undefined;
}

/** Forms need a name and a button that submits; what is in them needs names of its own. */
export function namesProblem(places: readonly Place[]): CardProblem | undefined {
  const forms = places.filter(({ tag }) => tag === 'form');
  for (const { element, path } of forms) {
    const inside = places.filter(({ form }) => form === element.name);
    const isSent = inside.some(({ element: each }) => each.form_action_type === 'submit');
    if (!isSent) return { ...unparsable('the form has no button that submits it'), path };
  }
  const nameless = places.find(
    ({ tag, element, form }) =>
      form !== undefined && (tag === 'button' || FIELD_TAGS.includes(tag)) && element.name === undefined,
  );
  if (nameless) return { code: 200530, message: 'form element name is empty', path: nameless.path };
  return (
    repeated(forms, 'name') ??
    repeated(
      places.filter(({ tag }) => tag !== 'form'),
      'name',
    ) ??
    repeated(places, 'element_id')
  );
}

function repeated(places: readonly Place[], property: 'name' | 'element_id'): CardProblem | undefined {
  const seen = new Set<unknown>();
  for (const { element, path } of places) {
    const value = element[property];
    if (value !== undefined && seen.has(value))
      return { ...unparsable(`duplicate ${property} ${value}`), path };
    seen.add(value);
  }
  return undefined;
}

/** No two options of a choice may have the same value. */
export function optionsProblem({ element }: Place): CardProblem | undefined {
  if (!Array.isArray(element.options)) return undefined;
  const values = element.options.map(({ value }: { value: string }) => value);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined ? undefined : unparsable(`duplicate option value ${twice}`);
}
