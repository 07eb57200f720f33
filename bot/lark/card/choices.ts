import type { FieldOption, FormField } from '../../../ledger/message.ts';
import type { Element } from './element.ts';
import { plainText } from './element.ts';
import { cut } from './shown-text.ts';
import { sizeOf } from './size.ts';

/** How much of a card the options of its fields may take. */
export interface OptionRoom {
  people: { bytes: number; elements: number };
  others: { bytes: number; elements: number };
}

/** Widest first. The bureau's whole staff is offered as long as it is small enough. */
export const OPTION_ROOMS: readonly OptionRoom[] = [
  { people: { bytes: 14 * 1024, elements: 100 }, others: { bytes: 8 * 1024, elements: 100 } },
  { people: { bytes: 7 * 1024, elements: 50 }, others: { bytes: 6 * 1024, elements: 70 } },
  { people: { bytes: 0, elements: 0 }, others: { bytes: 3 * 1024, elements: 40 } },
  { people: { bytes: 0, elements: 0 }, others: { bytes: 0, elements: 0 } },
];

const LABEL_CHARS = 60;
/** More than fit into any room: nothing is made of them. */
const MOST_OPTIONS = 400;

/**
 * The options of each field as its control offers them; undefined for a field whose answer has to be typed because they are too
 * many. All fields that ask for people do it in the same way; of the others, the shortest lists are offered.
 */
export function offeredOptions(
  fields: readonly FormField[],
  openIdOf: (personId: string) => string | undefined,
  room: OptionRoom,
): ReadonlyMap<FormField, Options | undefined> {
  const asking = fields.filter(({ options }) => options !== undefined);
  const people = asking.filter(asksForPeople).map((field) => offer(field, openIdOf));
  const others = asking.filter((field) => !asksForPeople(field)).map((field) => offer(field, openIdOf));
  const bytes = people.reduce((sum, { size }) => sum + size.bytes, 0);
  const elements = people.reduce((sum, { size }) => sum + size.elements, 0);
  const peopleFit = bytes <= room.people.bytes && elements <= room.people.elements;
  const left = { ...room.others };
  const offered = new Map<FormField, Options | undefined>();
  for (const { field, options } of people) offered.set(field, peopleFit ? options : undefined);
  for (const { field, options, size } of others.toSorted((a, b) => a.size.bytes - b.size.bytes)) {
    const fits = size.bytes <= left.bytes && size.elements <= left.elements;
    offered.set(field, fits ? options : undefined);
    if (!fits) continue;
    left.bytes -= size.bytes;
    left.elements -= size.elements;
  }
  for (const [field, options] of offered) if (options?.elements.length === 0) offered.set(field, undefined);
  return offered;
}

export const asksForPeople = ({ type }: FormField): boolean => type === 'person' || type === 'people';

export interface Options {
  elements: OptionElement[];
  /** Whether the client shows them as people of its own; else as words. */
  arePeople: boolean;
  /** What stands for one of the house's values on the card. */
  codeOf(value: string): string | undefined;
}

type OptionElement = { value: string; text?: Element };

interface Offer {
  field: FormField;
  options: Options;
  size: { bytes: number; elements: number };
}

const NONE: Options = { elements: [], arePeople: false, codeOf: () => undefined };
const BOUNDLESS = { bytes: Number.POSITIVE_INFINITY, elements: Number.POSITIVE_INFINITY };

/** People are offered as the client pictures them where each of them has an account of his own. */
function offer(field: FormField, openIdOf: (personId: string) => string | undefined): Offer {
  if ((field.options ?? []).length > MOST_OPTIONS) return { field, options: NONE, size: BOUNDLESS };
  const listed = distinct(field.options ?? []);
  const openIds = asksForPeople(field) ? listed.map(({ value }) => openIdOf(value)) : [undefined];
  const known = new Set(openIds.filter((openId) => openId !== undefined && openId !== ''));
  const arePeople = listed.length > 0 && known.size === listed.length;
  const codes = new Map(
    listed.map(({ value }, index) => [value, arePeople ? (openIds[index] ?? value) : value]),
  );
  const elements = listed.map(({ value, label }) => {
    const code = codes.get(value) ?? value;
    return arePeople ? { value: code } : { text: plainText(cut(label || value, LABEL_CHARS)), value: code };
  });
  const options = { elements, arePeople, codeOf: (value: string) => codes.get(value) };
  return { field, options, size: sizeOf(elements) };
}

/** The platform takes neither an empty value nor the same one twice. */
const distinct = (options: readonly FieldOption[]): FieldOption[] => [
  ...new Map(options.filter(({ value }) => value !== '').map((option) => [option.value, option])).values(),
];
