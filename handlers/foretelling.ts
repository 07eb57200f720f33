import { createHash } from 'node:crypto';
import type { Entry, Move } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import { choiceField, type Fields, type RawValues } from '../ledger/form.ts';
import { situationOf } from '../ledger/move.ts';
import type { Operation } from '../ledger/operation.ts';
import { Refusal } from '../ledger/refusal.ts';

type World = Parameters<typeof situationOf>[0];

const SURE = 'sure';
const CONFIRM = '请看清下面的后果';

/** What a form asks beside the move's own fields, once it can be said what will follow. */
export const sureField = (move: Move, said: readonly string[]): Fields => ({
  [SURE]: choiceField({
    label: '确认',
    hint: said.join(''),
    options: { [markOf(said)]: `${move.letsPass ? '已看清内容' : '已看清后果'}，确认${move.word}` },
  }),
});

/** That this is meant: a form starts with it where sending it is enough, so that it carries what it was opened for. */
export const sureOf = (said: readonly string[]): RawValues => ({ [SURE]: markOf(said) });

/** So that what is confirmed is what was shown, and nothing that somebody changed meanwhile. */
const markOf = (said: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 16);

/** What follows of the move with these values; nothing where too little is said yet. */
export function foretold(
  world: World,
  person: Person,
  move: Move,
  found: readonly Entry[],
  values: RawValues,
): string[] {
  const isMissing = Object.entries(move.fields ?? {}).some(
    ([name, { required }]) => required && !values[name],
  );
  if (isMissing || !move.foretell) return [];
  return found.flatMap((entry) => move.foretell?.(situationOf(world, person, entry), values) ?? []);
}

/** What the move lets pass as it stands now. */
export async function passing(
  world: World,
  person: Person,
  move: Move,
  found: readonly Entry[],
): Promise<string[]> {
  const said: string[] = [];
  for (const entry of found)
    said.push(...((await move.letsPass?.(world, situationOf(world, person, entry))) ?? []));
  return said;
}

/**
 * @returns the values without the confirmation
 * @throws Refusal with what will follow, until the person confirmed that very thing
 */
export async function requireSure(
  operation: Operation,
  person: Person,
  move: Move,
  found: readonly Entry[],
  raw: RawValues,
): Promise<RawValues> {
  if (!move.foretell && !move.letsPass) return raw;
  const { [SURE]: sure, ...values } = raw;
  const stands = await passing(operation, person, move, found);
  const said = [...foretold(operation, person, move, found, values), ...stands];
  if (said.length === 0 || sure === markOf(said)) return values;
  if (stands.length > 0 && sure !== undefined) {
    const sentence = `刚刚已有变动，没有${move.word}。现在是：${said.join('')}`;
    throw new Refusal('invalid-input', sentence, { [SURE]: '内容有变动，请看清后重新确认' });
  }
  throw new Refusal('invalid-input', `${CONFIRM}，再确认${move.word}。`, { [SURE]: said.join('') });
}
