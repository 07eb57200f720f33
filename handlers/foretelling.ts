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
export const sureField = (move: Move, said: readonly string[]): Fields =>
  move.foretell
    ? {
        [SURE]: choiceField({
          label: '确认',
          hint: said.join(''),
          options: { [markOf(said)]: `已看清后果，确认${move.word}` },
        }),
      }
    : {};

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

/**
 * @returns the values without the confirmation
 * @throws Refusal with what will follow, until the person confirmed that very thing
 */
export function requireSure(
  operation: Operation,
  person: Person,
  move: Move,
  found: readonly Entry[],
  raw: RawValues,
): RawValues {
  if (!move.foretell) return raw;
  const { [SURE]: sure, ...values } = raw;
  const said = foretold(operation, person, move, found, values);
  if (said.length === 0 || sure === markOf(said)) return values;
  throw new Refusal('invalid-input', `${CONFIRM}，再确认${move.word}。`, { [SURE]: said.join('') });
}
