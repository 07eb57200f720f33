import * as z from 'zod';
import type { FieldOption, FieldType, FieldValue, FormField } from './message.ts';
import { plainText } from './plain-text.ts';
import { Refusal } from './refusal.ts';
import { showRoughTime, withoutRoughness } from './rough-time.ts';

/** One thing that a form asks, and what makes an answer to it acceptable. */
export interface Field<T> {
  readonly label: string;
  readonly type: FieldType;
  readonly required: boolean;
  readonly hint?: string;
  /** Never folded away, though it may be left empty. */
  readonly open?: true;
  /** For a date: of what has happened already; a year that is not said is meant so. */
  readonly past?: true;
  /** Absent for `person` and `people`: those are filled from the directory when the form is shown. */
  readonly options?: readonly FieldOption[];
  /** From what was typed (never empty) to the value that is kept; issues carry Chinese sentences. */
  readonly schema: z.ZodType<T>;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The values a form yields: `undefined` where an optional field was left empty. */
export type FormValues<F extends Fields> = { [K in keyof F]: ValueOf<F[K]> };

/** What came from the platform, or what was understood from a sentence. */
export type RawValues = Readonly<Record<string, unknown>>;

interface Common {
  label: string;
  hint?: string;
}

const optional = <T>(field: Field<T>): Field<T | undefined> => ({
  ...field,
  required: false,
  schema: field.schema.optional(),
});

/** The same question, but it may be left empty. */
export { optional };

export function textField(spec: Common & { max: number; lines?: 'one' | 'many' }): Field<string> {
  const tooLong = (value: string) => `最多 ${spec.max} 字，现有 ${[...value].length} 字，请删减后再提交`;
  return {
    ...spec,
    type: spec.lines === 'many' ? 'textarea' : 'text',
    required: true,
    schema: z.string('请填写文字').superRefine((value, ctx) => {
      if ([...value].length > spec.max) ctx.addIssue({ code: 'custom', message: tooLong(value) });
    }),
  };
}

export function choiceField<const V extends string>(
  spec: Common & { options: Readonly<Record<V, string>> },
): Field<V> {
  const values = Object.keys(spec.options) as V[];
  return {
    ...spec,
    type: 'select',
    required: true,
    options: optionsOf(spec.options),
    schema: z.enum(values, { error: `请从列出的选项中选择一项` }) as unknown as z.ZodType<V>,
  };
}

export function choicesField<const V extends string>(
  spec: Common & { options: Readonly<Record<V, string>> },
): Field<V[]> {
  const values = Object.keys(spec.options) as V[];
  return {
    ...spec,
    type: 'multiselect',
    required: true,
    options: optionsOf(spec.options),
    schema: z
      .array(z.enum(values, { error: '请从列出的选项中选择' }))
      .min(1, '请至少选择一项')
      .transform((chosen) => [...new Set(chosen)]) as unknown as z.ZodType<V[]>,
  };
}

/** A calendar date in the bureau's time zone, YYYY-MM-DD. */
export function dateField(spec: Common & { past?: true }): Field<string> {
  return { ...spec, type: 'date', required: true, schema: z.iso.date('日期应形如 2026-03-31') };
}

/** A minute on the bureau's clock, YYYY-MM-DDTHH:mm. */
export function dateTimeField(spec: Common): Field<string> {
  return {
    ...spec,
    type: 'datetime',
    required: true,
    schema: z.iso.datetime({ local: true, precision: -1, error: '时间应形如 2026-03-31 15:00' }),
  };
}

/** A person of the directory, by id. Whether the id exists is asked where the directory is at hand. */
export function personField(spec: Common): Field<string> {
  return {
    ...spec,
    type: 'person',
    required: true,
    schema: z.string('请从名单中选择一人').max(100, '请从名单中选择一人'),
  };
}

export function peopleField(spec: Common): Field<string[]> {
  return {
    ...spec,
    type: 'people',
    required: true,
    schema: z.array(z.string('请从名单中选择').max(100, '请从名单中选择')).min(1, '请至少选择一人'),
  };
}

/** A promise that must be given: only "yes" is acceptable. */
export function promiseField(spec: Common): Field<true> {
  return { ...spec, type: 'checkbox', required: true, schema: z.literal(true, { error: '请先勾选' }) };
}

/** A yes or no; left alone it means no. */
export function yesNoField(spec: Common): Field<boolean> {
  return {
    ...spec,
    type: 'checkbox',
    required: false,
    schema: z.boolean().default(false) as unknown as z.ZodType<boolean>,
  };
}

function optionsOf(options: Readonly<Record<string, string>>): FieldOption[] {
  return Object.entries<string>(options).map(([value, label]) => ({ value, label }));
}

/** One answer as its field keeps it; `undefined` where it is missing or wrong. */
export function readField<T>(field: Field<T>, answer: unknown): T | undefined {
  const parsed = field.schema.safeParse(tidy(field.type, answer));
  return parsed.success ? parsed.data : undefined;
}

/**
 * The values of a filled-in form.
 * @param besides what else is wrong, by field; what is wrong with a field by itself goes before
 * @throws Refusal `invalid-input` naming every field that is missing or wrong, so that all can be mended at once
 */
export function readForm<F extends Fields>(
  fields: F,
  raw: RawValues,
  besides: Readonly<Record<string, string>> = {},
): FormValues<F> {
  const values: Record<string, unknown> = {};
  const wrong: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const answer = tidy(field.type, raw[name]);
    if (answer === undefined && field.required) {
      wrong[name] = field.type === 'checkbox' ? '请先勾选' : '必填';
      continue;
    }
    const parsed = field.schema.safeParse(answer);
    const otherwise = besides[name];
    if (parsed.success && otherwise === undefined) values[name] = parsed.data;
    else if (parsed.success) wrong[name] = otherwise ?? '';
    else wrong[name] = parsed.error.issues[0]?.message ?? '填写有误';
  }
  if (Object.keys(wrong).length > 0) throw new Refusal('invalid-input', wrongFields(fields, wrong), wrong);
  return values as FormValues<F>;
}

function wrongFields(fields: Fields, wrong: Record<string, string>): string {
  const items = Object.entries(wrong).map(([name, why]) => `「${fields[name]?.label ?? name}」${why}`);
  return `有 ${items.length} 项需要修改：${items.join('；')}。`;
}

/** What a platform sends for "left empty" differs; here it is always `undefined`. */
function tidy(type: FieldType, answer: unknown): unknown {
  if (type === 'multiselect' || type === 'people') {
    const list = (Array.isArray(answer) ? answer : [answer]).filter((item) => item !== '' && item != null);
    return list.length === 0 ? undefined : list;
  }
  if (type === 'checkbox') return answer === true || answer === 'true' || answer === 'on' ? true : undefined;
  if (typeof answer !== 'string') return answer ?? undefined;
  const trimmed = plainText(answer).trim();
  if (trimmed === '') return undefined;
  return type === 'datetime' ? withoutRoughness(trimmed.replace(' ', 'T')) : trimmed;
}

/** The fields as a platform shows them, with what was typed so far and what is wrong with it. */
export function showFields(
  fields: Fields,
  raw: RawValues,
  people: readonly FieldOption[],
  errors: Readonly<Record<string, string>> = {},
): FormField[] {
  return Object.entries(fields).map(([name, field]) => {
    const shown: FormField = { name, label: field.label, type: field.type, required: field.required };
    if (field.hint) shown.hint = field.hint;
    if (field.open) shown.open = true;
    if (field.options) shown.options = [...field.options];
    if (field.type === 'person' || field.type === 'people') shown.options = [...people];
    const rough = field.type === 'datetime' ? showRoughTime(raw[name]) : undefined;
    if (rough) shown.hint = rough.hint;
    const value = rough ? rough.value : shownValue(field.type, raw[name]);
    if (value !== undefined) shown.value = value;
    const error = errors[name];
    if (error) shown.error = error;
    return shown;
  });
}

function shownValue(type: FieldType, value: unknown): FieldValue | undefined {
  const tidied = tidy(type, value);
  if (typeof tidied === 'string' || typeof tidied === 'boolean') return tidied;
  if (Array.isArray(tidied)) return tidied.map(String);
  return undefined;
}
