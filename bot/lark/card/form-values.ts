import { bureauCalendar } from '../../../ledger/calendar.ts';
import type { RawValues } from '../../../ledger/form.ts';
import { type FieldKind, readControlName } from './field-name.ts';

export interface Reading {
  personIdOf(openId: string): string | undefined;
  /** The person whose name or staff number was typed, when exactly one fits. */
  personTyped(typed: string): string | undefined;
  /** The bureau's. */
  timeZone: string;
}

/**
 * What came back from a form, as the house's forms read it: what was left empty is absent, and what cannot be understood is
 * passed on as it was typed, so that the house can name it in its refusal. Never throws, whatever came.
 */
export function formValues(formValue: unknown, reading: Reading): RawValues {
  if (typeof formValue !== 'object' || formValue === null || Array.isArray(formValue)) return {};
  const values = Object.entries(formValue).flatMap(([name, answer]): [string, unknown][] => {
    const control = readControlName(name);
    const value = control && READERS[control.kind](answer, reading);
    return control && value !== undefined ? [[control.field, value]] : [];
  });
  return Object.fromEntries(values);
}

type Reader = (answer: unknown, reading: Reading) => unknown;

const text = (answer: unknown): string | undefined =>
  typeof answer === 'string' && answer.trim() !== '' ? answer : undefined;

const many =
  (read: (one: string, reading: Reading) => string): Reader =>
  (answer, reading) => {
    const list = (Array.isArray(answer) ? answer : [answer]).flatMap((one) => text(one) ?? []);
    return list.length > 0 ? [...new Set(list.map((one) => read(one, reading)))] : undefined;
  };

const one =
  (read: (one: string, reading: Reading) => unknown): Reader =>
  (answer, reading) => {
    const said = text(answer);
    return said === undefined ? undefined : read(said, reading);
  };

const personOf = (openId: string, { personIdOf }: Reading): string => personIdOf(openId) ?? openId;

const READERS: Readonly<Record<FieldKind, Reader>> = {
  text,
  textarea: text,
  select: text,
  multiselect: many((value) => value),
  date: one((said) => /^\d{4}-\d\d-\d\d(?= [+-]\d{4}$)/u.exec(said)?.[0] ?? said),
  datetime: one((said, { timeZone }) => bureauMinute(said, timeZone)),
  checkbox: (answer) => (answer === true || answer === 'true' ? true : undefined),
  person: one(personOf),
  people: many(personOf),
  select_typed: one((said) => said.trim()),
  multiselect_typed: one((said) => [...new Set(pieces(said, /[、，,;；\n]/u))]),
  person_typed: one((said, { personTyped }) => personTyped(said.trim()) ?? said.trim()),
  people_typed: one((said, { personTyped }) => {
    const ids = pieces(said, /[、，,;；\n]/u).flatMap((piece) => {
      const whole = personTyped(piece);
      return whole === undefined ? pieces(piece, /\s/u).map((part) => personTyped(part) ?? part) : [whole];
    });
    return ids.length > 0 ? [...new Set(ids)] : undefined;
  }),
};

/** Nobody types more names than that. */
const TYPED_CHARS = 5000;

const pieces = (typed: string, between: RegExp): string[] =>
  typed
    .slice(0, TYPED_CHARS)
    .split(between)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');

/** `2024-04-29 07:07 +0800` is the time on the clock of whoever typed it; what is kept is the bureau's clock at that moment. */
function bureauMinute(said: string, timeZone: string): string {
  const [, on, time, sign, hours, minutes] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::\d\d)?(?: ?([+-])(\d\d):?(\d\d))?$/u.exec(said.trim()) ?? [];
  if (on === undefined || time === undefined) return said;
  if (sign === undefined) return `${on}T${time}`;
  const at = new Date(`${on}T${time}:00${sign}${hours}:${minutes}`);
  return Number.isNaN(at.getTime()) ? said : bureauCalendar(timeZone).minuteOf(at);
}
