import type { Move } from '../ledger/define.ts';
import type { Field } from '../ledger/form.ts';
import type { Typed } from '../ledger/typed.ts';

type Context = Parameters<NonNullable<Move['read']>>[1];

/** 「退回补正 缺少时间」: a word that is an option of the move's, or begins one, is that option; the rest is said with it. */
export function readTyped(move: Move, typed: string, context: Context): Typed {
  if (typed === '') return { values: {}, unread: [] };
  if (move.read) return move.read(typed, context);
  const { inline, fields = {} } = move;
  if (inline === undefined) {
    const isSaid = /[\p{L}\p{N}]/u.test(typed);
    return { values: {}, unread: isSaid ? [notTaken(move, typed)] : [] };
  }
  const [name, field] = Object.entries(fields).find(([, { type }]) => type === 'select') ?? [];
  const option = field && optionAtFront(field, withoutLabel(field, typed));
  const rest = withoutLabel(fields[inline], option?.rest ?? typed);
  return {
    values: { ...(name && option && { [name]: option.value }), ...(rest && { [inline]: rest }) },
    unread: [],
    isGuess: option?.isGuess ?? false,
  };
}

/** What is said with a step that takes no words is not lost without a word: who said it decides once he knows. */
const notTaken = ({ word }: Move, typed: string): string => {
  const quoted = [...typed].length > QUOTED ? `${[...typed].slice(0, QUOTED).join('')}…` : typed;
  return `「${word}」不登记文字，「${quoted}」没有采用。`;
};

/** Signs of it that are repeated. */
const QUOTED = 20;

/** 「理由：示例」 says 示例. */
function withoutLabel(field: Field<unknown> | undefined, typed: string): string {
  const label = field?.label ?? '';
  const behind = label !== '' && typed.startsWith(label) ? typed.slice(label.length) : '';
  return /^\s*[:：]/u.test(behind) ? behind.replace(/^\s*[:：]\s*/u, '') : typed;
}

interface Chosen {
  value: string;
  rest: string;
  isGuess: boolean;
}

/** A sign that ends a word. */
const SIGNS = /^[\s\p{P}]+/u;
/** A word of fewer characters begins too much. */
const WORD_LENGTH = 2;

/** The one option that is called so, by all of its name, by one of its halves (备查), or by how one begins (移送). */
function optionAtFront({ options = [] }: Field<unknown>, typed: string): Chosen | undefined {
  const word = /^[\p{L}\p{N}·]+/u.exec(typed)?.[0] ?? '';
  const named = options.map(({ value, label }) => ({ value, names: [label, ...label.split('·')] }));
  const meant = named.filter(({ names }) => names.some((name) => name.startsWith(word)));
  const [only] = meant.length > 1 ? meant.filter(({ names }) => names.includes(word)) : meant;
  if (only && word.length >= WORD_LENGTH) {
    const rest = typed.slice(word.length).replace(SIGNS, '');
    return { value: only.value, rest, isGuess: false };
  }
  const [longest] = named
    .flatMap(({ value, names }) => names.map((name) => ({ value, name })))
    .filter(({ name }) => typed.startsWith(name))
    .sort((one, other) => other.name.length - one.name.length);
  return longest && { value: longest.value, rest: typed.slice(longest.name.length), isGuess: true };
}
