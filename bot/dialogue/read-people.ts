import type { FieldOption, FormField } from '../../ledger/message.ts';
import type { Answer } from './read-answer.ts';
import { numberIn } from './words.ts';

/** So few people, or so few of whom one may be meant, stand there with numbers. */
export const FEW_PEOPLE = 9;

/** A name that fits several people, until it is said who is meant. */
export interface Doubt {
  /** The field that was asked. */
  name: string;
  /** Those who may be meant, by id, in the order of their numbers. */
  hits: string[];
  /** Those who are clear already. */
  chosen: string[];
  /** What was typed besides and is still to be read. */
  rest: string[];
}

const SEPARATORS = /[、,，;；/\s]+/u;

/** By number where they have numbers, else by name, or by a part of what the directory says of them. */
export function readPeople(
  said: string,
  { name, type, options = [] }: FormField,
  doubt: Doubt | undefined,
): Answer {
  const plain = said.normalize('NFKC').trim();
  if (plain === '') return { wrong: NOBODY };
  const isOne = type === 'person';
  const numbered = doubt ? hitsOf(doubt, options) : options.length <= FEW_PEOPLE ? options : [];
  const picked = doubt && hitMeant(plain, numbered);
  if (doubt && picked) return settle(name, isOne, options, [...doubt.chosen, picked.value], doubt.rest);
  const together = found(plain, options, numbered);
  const apart = plain.split(SEPARATORS).filter(Boolean);
  const parts =
    isOne || together.length > 0 ? [plain] : apart.flatMap((part) => joined(part, options, numbered));
  return settle(name, isOne, options, [], parts, numbered);
}

/** 方远山和林砚秋; who is called 王和平 is one. */
function joined(part: string, options: readonly FieldOption[], numbered: readonly FieldOption[]): string[] {
  if (found(part, options, numbered).length > 0) return [part];
  return part.split(/以及|[和与跟及]/u).filter(Boolean);
}

const NOBODY = '请回复姓名';

/** One after the other; the first that is not clear is asked about. */
function settle(
  name: string,
  isOne: boolean,
  options: readonly FieldOption[],
  chosen: readonly string[],
  parts: readonly string[],
  numbered: readonly FieldOption[] = [],
): Answer {
  const [part, ...rest] = parts;
  if (part === undefined) return { value: isOne ? chosen[0] : [...new Set(chosen)] };
  const hits = found(part, options, numbered);
  const [only] = hits;
  if (!only) return { wrong: '名单里没有找到这个人，请写全名' };
  if (hits.length === 1)
    return settle(name, isOne, options, [...chosen, only.value], isOne ? [] : rest, numbered);
  if (hits.length > FEW_PEOPLE) return { wrong: `名单里有 ${hits.length} 人符合，请写全名` };
  return { doubt: { name, hits: hits.map(({ value }) => value), chosen: [...chosen], rest: [...rest] } };
}

export const hitsOf = ({ hits }: Doubt, options: readonly FieldOption[]): FieldOption[] =>
  hits.flatMap((id) => options.find(({ value }) => value === id) ?? []);

function hitMeant(plain: string, hits: readonly FieldOption[]): FieldOption | undefined {
  const number = numberIn(plain);
  if (number !== undefined) return hits[number - 1];
  const named = found(plain, hits, []);
  return named.length === 1 ? named[0] : undefined;
}

/** Who bears the name; else those of whom the directory says it. */
function found(
  typed: string,
  options: readonly FieldOption[],
  numbered: readonly FieldOption[],
): FieldOption[] {
  const number = numberIn(typed);
  if (number !== undefined) return numbered[number - 1] ? [numbered[number - 1] as FieldOption] : [];
  const plain = typed.replace(/\s+/gu, '');
  const whole = options.filter(({ label }) => spaceless(label) === plain);
  const named = options.filter(({ label }) => nameIn(label) === plain);
  if (whole.length > 0) return whole;
  return named.length > 0 ? named : options.filter(({ label }) => spaceless(label).includes(plain));
}

const spaceless = (label: string): string => label.normalize('NFKC').replace(/\s+/gu, '');

/** 「林砚秋（高新技术科科员）」 is called 林砚秋. */
const nameIn = (label: string): string => spaceless(label).split('(')[0] ?? '';
