import type { FieldOption } from '../../ledger/message.ts';
import type { Answer } from './read-answer.ts';
import { numberIn } from './words.ts';

const SEPARATORS = /[、,，;；\s]+/u;

/** By its number, by its name, or by what only one of the names begins with or holds. */
export function readChoice(said: string, options: readonly FieldOption[]): Answer {
  const meant = optionMeant(said, options);
  return meant ? { value: meant.value } : { wrong: `请回复${range(options)}，或选项的名称` };
}

/** 「1、3」, 「1 3」, the names, or both. */
export function readChoices(said: string, options: readonly FieldOption[]): Answer {
  const whole = optionMeant(said, options);
  if (whole) return { value: [whole.value] };
  const parts = said.trim().split(SEPARATORS).filter(Boolean);
  const meant = parts.map((part) => optionMeant(part, options));
  if (parts.length === 0 || !meant.every((option) => option !== undefined))
    return {
      wrong: `请回复${range(options)}，可以选几个，例如「1、${Math.min(3, options.length)}」`,
    };
  return { value: [...new Set(meant.map(({ value }) => value))] };
}

const range = ({ length }: readonly unknown[]): string => (length === 1 ? '「1」' : ` 1 到 ${length} 的数字`);

export function optionMeant(said: string, options: readonly FieldOption[]): FieldOption | undefined {
  const plain = said.normalize('NFKC').trim();
  const named = options.filter(({ label }) => label.normalize('NFKC') === plain);
  if (named.length === 1) return named[0];
  const number = numberIn(plain);
  if (number !== undefined) return options[number - 1];
  return onlyOne(plain, options, (label) => label.startsWith(plain)) ?? onlyHolding(plain, options);
}

/** One sign is in too many names. */
const onlyHolding = (plain: string, options: readonly FieldOption[]): FieldOption | undefined =>
  [...plain].length < 2 ? undefined : onlyOne(plain, options, (label) => label.includes(plain));

function onlyOne(
  plain: string,
  options: readonly FieldOption[],
  fits: (label: string) => boolean,
): FieldOption | undefined {
  if (plain === '') return undefined;
  const found = options.filter(({ label }) => fits(label.normalize('NFKC')));
  return found.length === 1 ? found[0] : undefined;
}
