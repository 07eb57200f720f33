import type { FormField } from '../../../ledger/message.ts';
import { asksForPeople, type Options } from './choices.ts';
import { type Element, plainText } from './element.ts';
import { controlName, type FieldKind } from './field-name.ts';
import { cut } from './shown-text.ts';

/** The platform's limit for what an input holds. */
const INPUT_CHARS = 1000;

/** A field as something to fill in. */
export interface Control {
  element: Element;
  /** What has to be said about it. */
  remarks: string[];
  /** The draft keeps the value: it is longer than the control can hold. */
  kept: boolean;
}

/** How much the controls may hold, in characters. */
export interface ControlMeasure {
  label: number;
  /** A longer value is kept by the draft instead of standing in the control. */
  value: number;
  /** How much of a kept value is shown. */
  preview: number;
  /** For the choices of a field whose answer has to be typed. */
  choices: number;
}

/** @param options what the field offers; undefined if its answer has to be typed, or is no choice */
export function controlOf(field: FormField, options: Options | undefined, measure: ControlMeasure): Control {
  switch (field.type) {
    case 'text':
    case 'textarea':
      return written(field, field.type, textOf(field.value), measure);
    case 'date':
      return picked(field, 'date_picker', '请选择日期', { initial_date: dateIn(field) });
    case 'datetime':
      return picked(field, 'picker_datetime', '请选择时间', { initial_datetime: minuteIn(field) });
    case 'checkbox':
      return checked(field, measure);
    case 'select':
    case 'person':
    case 'multiselect':
    case 'people':
      return options ? chosen(field, options) : typedChoice(field, measure);
  }
}

const textOf = (value: FormField['value']): string => (typeof value === 'string' ? value : '');

function written(field: FormField, kind: FieldKind, value: string, measure: ControlMeasure): Control {
  const kept = value.length > Math.min(measure.value, INPUT_CHARS);
  const isLong = field.type === 'textarea' || value.includes('\n');
  const element = {
    tag: 'input',
    name: controlName(kind, field.name),
    required: field.required && !kept,
    width: 'fill',
    placeholder: plainText(kept ? '需要修改时请重新填写；留空则保留原来的内容' : '请填写'),
    max_length: INPUT_CHARS,
    ...(isLong && { input_type: 'multiline_text', rows: 3, auto_resize: true, max_rows: 10 }),
    ...(!kept && value !== '' && { default_value: value.toWellFormed() }),
  };
  const remarks = kept ? [`已填写 ${[...value].length} 字：${cut(value, measure.preview)}`] : [];
  return { element, remarks, kept };
}

function picked(
  field: FormField,
  tag: 'date_picker' | 'picker_datetime',
  placeholder: string,
  initial: Readonly<Record<string, string | undefined>>,
): Control {
  const given = Object.entries(initial).filter(([, value]) => value !== undefined);
  const kind = tag === 'date_picker' ? 'date' : 'datetime';
  const element = {
    tag,
    name: controlName(kind, field.name),
    required: field.required,
    width: 'fill',
    placeholder: plainText(placeholder),
    ...Object.fromEntries(given),
  };
  return { element, remarks: [], kept: false };
}

const dateIn = ({ value }: FormField): string | undefined =>
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/u.exec(textOf(value))?.[0];

const minuteIn = ({ value }: FormField): string | undefined =>
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/u
    .exec(textOf(value))?.[0]
    .replace('T', ' ');

/** The platform's checker knows no `required`: the house asks for it. */
function checked(field: FormField, measure: ControlMeasure): Control {
  const element = {
    tag: 'checker',
    name: controlName('checkbox', field.name),
    checked: field.value === true,
    text: plainText(markedLabel(field, measure)),
  };
  return { element, remarks: [], kept: false };
}

/** The field's name, and whether it may be left empty. */
export const markedLabel = (field: FormField, { label }: ControlMeasure): string =>
  `${cut(field.label, label)}${field.required ? ' *' : '（选填）'}`;

function chosen(field: FormField, options: Options): Control {
  const isMany = field.type === 'multiselect' || field.type === 'people';
  const codes = valuesOf(field).flatMap((value) => options.codeOf(value) ?? []);
  const [first] = codes;
  const element = {
    tag: `${isMany ? 'multi_' : ''}select_${options.arePeople ? 'person' : 'static'}`,
    name: controlName(field.type, field.name),
    required: field.required,
    width: 'fill',
    placeholder: plainText('请选择'),
    ...(isMany && codes.length > 0 && { selected_values: [...new Set(codes)] }),
    ...(!isMany && first !== undefined && { initial_option: first }),
    options: options.elements,
  };
  return { element, remarks: [], kept: false };
}

function valuesOf({ value }: FormField): string[] {
  if (Array.isArray(value)) return value.filter((each) => each !== '');
  return typeof value === 'string' && value !== '' ? [value] : [];
}

/** A name is typed for a person, the value itself for anything else. */
function typedChoice(field: FormField, measure: ControlMeasure): Control {
  const isMany = field.type === 'multiselect' || field.type === 'people';
  const kind = `${field.type}_typed` as FieldKind;
  const many = isMany ? '，多项用顿号分开' : '';
  if (asksForPeople(field)) {
    const { typed, isClear } = typedNames(field);
    const control = written(field, kind, typed, isClear ? measure : { ...measure, value: -1 });
    return { ...control, remarks: [`填写姓名或工号${isMany ? '，多人用顿号分开' : ''}`, ...control.remarks] };
  }
  const choices = (field.options ?? []).slice(0, 100).map(({ value, label }) => `${value} ${label}`);
  const control = written(field, kind, valuesOf(field).join('、'), measure);
  const listed = cut(choices.join('；'), measure.choices);
  return { ...control, remarks: [`请填写代号${many}：${listed}`, ...control.remarks] };
}

/**
 * The names of the people chosen so far. Not clear if somebody else bears one of the names: then the words alone would not lead
 * back to the person.
 */
function typedNames(field: FormField): { typed: string; isClear: boolean } {
  const chosenIds = valuesOf(field);
  if (chosenIds.length === 0) return { typed: '', isClear: true };
  const names = new Map((field.options ?? []).map(({ value, label }) => [value, nameIn(label)]));
  const typed = chosenIds.map((id) => names.get(id) ?? id);
  const bearers = [...names.values()];
  const isClear = chosenIds.every((id, index) => {
    const name = typed[index] ?? '';
    return !names.has(id) || (!/[\s、，,;；]/u.test(name) && count(bearers, name) === 1);
  });
  return { typed: typed.join('、'), isClear };
}

/** Labels of people are written 姓名（部门职务）. */
function nameIn(label: string): string {
  const end = label.indexOf('（');
  return end > 0 ? label.slice(0, end).trim() : label;
}

const count = (list: readonly string[], wanted: string): number =>
  list.filter((each) => each === wanted).length;
