import type { FormField } from '../../ledger/message.ts';
import { type Html, html } from './html.ts';

/** Longer forms fold what may be left empty. */
const LONG_FORM = 6;

/** Of so few options each stands there to be tapped: a list would have to be opened first. */
const FEW_OPTIONS = 5;

/** A form's questions: what is required or holds something first, the other optional ones folded, a closing promise last. */
export function fieldList(fields: readonly FormField[]): Html {
  const isPromise = ({ type, required }: FormField) => type === 'checkbox' && required;
  const folded = fields.filter((field) => !stands(field));
  const asked = fields.filter((field) => stands(field) && !isPromise(field));
  if (fields.length <= LONG_FORM || folded.length === 0 || folded.length === fields.length)
    return html`${fields.map(fieldOf)}`;
  return html`${asked.map(fieldOf)}
<details class="more"><summary>更多（选填，${folded.length} 项）</summary>${folded.map(fieldOf)}</details>
${fields.filter(isPromise).map(fieldOf)}`;
}

const stands = ({ required, open, value, error }: FormField): boolean =>
  required || open === true || error !== undefined || (value ?? false) !== false;

/** What has to be mended, with the way to it. */
export function wrongOnes(fields: readonly FormField[]): Html | undefined {
  const wrong = fields.filter(({ error }) => error !== undefined);
  if (wrong.length === 0) return undefined;
  const items = wrong.map(
    ({ name, label, error }) => html`<li><a href="#${idOf(name)}">${label}</a>：${error}</li>`,
  );
  return html`<div class="wrong" role="alert"><p>有 ${wrong.length} 项需要修改，已填的内容都保留着。</p><ul>${items}</ul></div>`;
}

const idOf = (name: string) => `field-${name}`;
const hintId = (name: string) => `hint-${name}`;

function fieldOf(field: FormField): Html {
  const { name, type, label, hint, error, required } = field;
  const said = html`${hint !== undefined && html`<p class="hint">${hint}</p>`}${error !== undefined && html`<p class="error">${error}</p>`}`;
  const mark = required ? html`<span class="must">必填</span>` : html`<span class="may">选填</span>`;
  const below = html`<div id="${hintId(name)}">${said}</div>`;
  const look = error === undefined ? 'field' : 'field is-wrong';
  if (type === 'checkbox')
    return html`<div class="${look}"><label class="check">${checkbox(field, idOf(name), 'true', field.value === true)}<span>${label}</span></label>${below}</div>`;
  if (type === 'multiselect' || isFewToChoose(field))
    return html`<fieldset class="${look}" id="${idOf(name)}" aria-describedby="${hintId(name)}" tabindex="-1"><legend>${label}${mark}</legend>${below}${choices(field)}</fieldset>`;
  return html`<div class="${look}"><label for="${idOf(name)}">${label}${mark}</label>${below}${control(field)}</div>`;
}

/** What may be left empty stays a list: a choice among dots cannot be taken back. */
const isFewToChoose = ({ type, required, options = [] }: FormField): boolean =>
  type === 'select' && required && options.length <= FEW_OPTIONS;

function choices(field: FormField): Html[] {
  const chosen = valuesOf(field);
  return (field.options ?? []).map(
    ({ value, label }) =>
      html`<label class="check">${checkbox(field, undefined, value, chosen.includes(value))}<span>${label}</span></label>`,
  );
}

function checkbox({ name, type }: FormField, id: string | undefined, value: string, isOn: boolean): Html {
  const kind = type === 'select' ? 'radio' : 'checkbox';
  const named =
    id === undefined
      ? html`name="${name}"`
      : html`name="${name}" id="${id}" aria-describedby="${hintId(name)}"`;
  return isOn
    ? html`<input type="${kind}" ${named} value="${value}" checked>`
    : html`<input type="${kind}" ${named} value="${value}">`;
}

const INPUTS: Readonly<Record<string, string>> = { date: 'date', datetime: 'datetime-local' };

function control(field: FormField): Html {
  const { name, type, error } = field;
  const common = html`name="${name}" id="${idOf(name)}" aria-describedby="${hintId(name)}" aria-invalid="${error === undefined ? 'false' : 'true'}"`;
  const [value = ''] = valuesOf(field);
  if (type === 'textarea')
    return html`<textarea ${common} rows="6">
${value}</textarea>`;
  if (type === 'select' || type === 'person')
    return html`<select ${common}><option value="">请选择</option>${options(field)}</select>`;
  if (type === 'people') return html`<select ${common} multiple size="6">${options(field)}</select>`;
  return html`<input type="${INPUTS[type] ?? 'text'}" ${common} value="${value}">`;
}

function options(field: FormField): Html[] {
  const chosen = valuesOf(field);
  return (field.options ?? []).map(({ value, label }) =>
    chosen.includes(value)
      ? html`<option value="${value}" selected>${label}</option>`
      : html`<option value="${value}">${label}</option>`,
  );
}

const valuesOf = ({ value }: FormField): string[] => [value ?? []].flat().map(String);
