import type { Plan } from '../../handlers/define.ts';
import { showDraft } from '../../handlers/draft.ts';
import type { Directory } from '../../ledger/directory.ts';
import { type Fields, type RawValues, readForm } from '../../ledger/form.ts';
import type { FormField } from '../../ledger/message.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Place } from './running.ts';

/** A form as it now stands, derived from what a card of it would show. */
export interface AskedForm {
  readonly title: string;
  readonly intro: readonly string[];
  readonly fields: Fields;
  /** In the order in which they are asked and counted. */
  readonly shown: readonly FormField[];
  readonly raw: RawValues;
  /** Files may come with it; how many did. */
  readonly files?: number;
}

export function askedForm(
  plan: Plan,
  raw: RawValues,
  directory: Directory,
  files: number | undefined,
): AskedForm {
  const draft = { id: '', handler: '', subject: '', state: 'open' as const, raw };
  const { title, intro, fields: shown } = showDraft(plan, draft, directory);
  const fields = plan.asked?.(raw) ?? plan.fields;
  return { title, intro, fields, shown, raw, ...(files !== undefined && { files }) };
}

/** Longer forms do not ask what may be left empty: it is offered where the form is looked over. */
const LONG_FORM = 6;

/** The fields that are asked one after the other. */
export function asked({ shown, ...form }: AskedForm): FormField[] {
  if (shown.length <= LONG_FORM) return [...shown];
  return shown.filter(
    (field) => field.required || field.open === true || isFilled(field) || field.name in wrongIn(form),
  );
}

/** Whether something stands in it. */
export const isFilled = ({ value }: FormField): boolean => (value ?? false) !== false;

/** What is wrong with each field by itself, or missing. */
export function wrongIn({
  fields,
  raw,
}: Pick<AskedForm, 'fields' | 'raw'>): Readonly<Record<string, string>> {
  try {
    readForm(fields, raw);
    return {};
  } catch (fault) {
    if (fault instanceof Refusal) return fault.fields;
    throw fault;
  }
}

/** What is wrong with an answer, by the rules of its own field. */
export function wrongWith({ fields }: AskedForm, name: string, answer: unknown): string | undefined {
  const field = fields[name];
  return field && wrongIn({ fields: { [name]: field }, raw: { [name]: answer } })[name];
}

/** Where there is still something to fill in or to mend; the whole, where there is not. */
export function missing(form: AskedForm): Place {
  const wrong = wrongIn(form);
  const first = form.shown.find(({ name }) => name in wrong);
  return first ? { at: 'field', name: first.name, only: true } : { at: 'summary' };
}

/** Where a form that was just opened begins: with its first question, or as a whole where nothing has to be filled in. */
export function beginning(form: AskedForm): Place {
  const [first] = asked(form);
  if (!first || missing(form).at === 'summary') return { at: 'summary' };
  return { at: 'field', name: first.name, only: false };
}

/** Where it goes on once this is answered. Answers may have changed what is asked. */
export function after(form: AskedForm, place: Place): Place {
  if (place.at !== 'field' || place.only) return missing(form);
  const here = indexOf(form, place.name);
  const next = asked(form).find(({ name }) => indexOf(form, name) > here);
  if (next) return { at: 'field', name: next.name, only: false };
  const open = missing(form);
  return open.at === 'summary' && form.files !== undefined ? { at: 'files' } : open;
}

/** What was asked before this; the first question has nothing before it. */
export function before(form: AskedForm, place: Place): Place {
  if (place.at === 'field' && place.only) return missing(form).at === 'summary' ? { at: 'summary' } : place;
  const here = place.at === 'field' ? indexOf(form, place.name) : form.shown.length;
  if (place.at === 'summary' && form.files !== undefined) return { at: 'files' };
  const last = asked(form).findLast(({ name }) => indexOf(form, name) < here);
  return last ? { at: 'field', name: last.name, only: false } : place;
}

/** A place that is still there: what is asked depends on what was answered. */
export function stillThere(form: AskedForm, place: Place): Place {
  if (place.at === 'field' && indexOf(form, place.name) < 0) return missing(form);
  return place.at === 'files' && form.files === undefined ? missing(form) : place;
}

const indexOf = ({ shown }: AskedForm, wanted: string): number =>
  shown.findIndex(({ name }) => name === wanted);
