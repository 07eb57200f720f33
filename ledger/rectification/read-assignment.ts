import type { Calendar } from '../calendar.ts';
import type { Situation } from '../define.ts';
import { isRef } from '../entry.ts';
import type { RawValues } from '../form.ts';
import { readDate } from '../read-date.ts';
import { Refusal } from '../refusal.ts';
import type { Typed } from '../typed.ts';
import { CATEGORIES } from './data.ts';
import { dateIn } from './read-until.ts';

const LABELS = {
  责任领导: 'leader',
  责任人: 'responsible',
  协办: 'assistant',
  时限: 'dueOn',
  整改时限: 'dueOn',
  类别: 'category',
} as const;
const LABEL = /(责任领导|责任人|协办|整改时限|时限|类别)\s*[:：]?\s*/u;
type Around = Pick<Situation, 'at' | 'calendar' | 'directory'>;
/** Between names. */
const SIGNS = /[\s、，,；;]+/u;

/**
 * 「责任领导 张三 责任人 李四、王五 时限 12月31日」 → values. What is nobody's name, or no date, is said and asked for. Where nothing has a
 * label, words are taken for what they are, 「李四 12月31日」: a name alone is a 责任人's, which is for the person to confirm.
 */
export function readAssignment(typed: string, { directory, at, calendar }: Around): Typed {
  const values: Record<string, unknown> = {};
  const unread: string[] = [];
  const person = (name: string) => {
    const found = directory.named(name);
    if (found.length === 1) return found[0]?.id;
    unread.push(
      found.length === 0 ? `没有找到「${name}」，请选择。` : `有 ${found.length} 位「${name}」，请选择。`,
    );
    return undefined;
  };
  const [before = '', ...pieces] = typed.split(LABEL);
  if (pieces.length === 0) return readBare(before, { directory, at, calendar }, person, unread);
  if (before.trim() !== '') unread.push(notUnderstood(before.trim()));
  for (let i = 0; i + 1 < pieces.length; i += 2) {
    const field = LABELS[pieces[i] as keyof typeof LABELS];
    const said = (pieces[i + 1] ?? '').trim();
    if (field === 'dueOn') values.dueOn = readDueOn(said, at, calendar, unread);
    else if (field === 'category') values.category = readCategory(said, unread);
    else if (field === 'leader') values.leader = person(said);
    else values[field] = said.split(SIGNS).flatMap((name) => person(name) ?? []);
  }
  const isDated = values.category === 'lasting' || pieces.some((piece) => piece.endsWith('时限'));
  if (!isDated && values.leader && values.responsible)
    unread.push('没有写时限，请核对或填写下面的整改时限；长期坚持的可以不填。');
  return { values: withoutGaps(values), unread };
}

const notUnderstood = (said: string): string => `看不懂「${said.slice(0, 30)}」，请填在下面。`;

/** Where nothing has a label: 给林砚秋 3月31日前. Whose part two names that stand apart are to take is not known. */
function readBare(
  said: string,
  { directory, at, calendar }: Around,
  person: (name: string) => string | undefined,
  unread: string[],
): Typed {
  const named: string[] = [];
  const rest: string[] = [];
  const values: Record<string, unknown> = {};
  const areKnown = (names: string) => names.split('、').every((name) => directory.named(name).length > 0);
  const words = said.replace(/、\s+/gu, '、').split(/[\s，,；;]+/u);
  for (const word of words.filter(Boolean)) {
    const names = areKnown(word) ? word : word.replace(/^[给由]|负责$/gu, '');
    // 5-2 is an item's number here, and no day in May.
    const dueOn = isRef(word) ? undefined : dateIn(word, at, calendar);
    const category = Object.entries(CATEGORIES).find(([, label]) => label === word)?.[0];
    if (areKnown(names)) named.push(names);
    else if (dueOn && !values.dueOn) values.dueOn = dueOn;
    else if (category && !values.category) values.category = category;
    else rest.push(word);
  }
  if (rest.length > 0) unread.push(notUnderstood(rest.join(' ')));
  if (named.length > 1) unread.push(`没有写明「${named.join(' ')}」中谁是责任领导、谁是责任人，请填在下面。`);
  const [names] = named.length === 1 ? named : [];
  if (names) values.responsible = names.split('、').flatMap((name) => person(name) ?? []);
  return { values: withoutGaps(values), unread, isGuess: true };
}

function readDueOn(said: string, at: Date, calendar: Calendar, unread: string[]): string | undefined {
  try {
    return readDate(said, at, calendar);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    unread.push(fault.message);
    return undefined;
  }
}

function readCategory(said: string, unread: string[]): string | undefined {
  const found = Object.entries(CATEGORIES).find(([, label]) => label === said)?.[0];
  if (found === undefined)
    unread.push(`没有类别「${said.slice(0, 20)}」，请从${Object.values(CATEGORIES).join('、')}中选择。`);
  return found;
}

const withoutGaps = (values: Record<string, unknown>): RawValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && `${value}` !== ''));
