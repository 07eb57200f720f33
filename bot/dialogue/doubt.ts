import type { RawValues } from '../../ledger/form.ts';
import type { Doubt } from './read-people.ts';

/** A sentence that was said to a field and is not taken before it is confirmed. */
export interface Held {
  /** The field that was asked. */
  name: string;
  said: string;
  /** It may be meant for this command instead; without it, it came when the form had lapsed. */
  report?: { word: string; group: string };
}

/** What stands beside what was typed, sealed as that is. */
export interface Beside {
  /** Whom a name may mean. */
  doubt?: Doubt | undefined;
  held?: Held | undefined;
  /** By field: the value with which the form was refused when it was sent, and why. */
  refused?: Readonly<Record<string, { value: unknown; why: string }>> | undefined;
}

/** No field is called so. */
const BESIDE = '?';

export const besideIn = (raw: RawValues): Beside => (raw[BESIDE] ?? {}) as Beside;

/** What was typed, and nothing beside it. */
export const typedOnly = ({ [BESIDE]: _, ...values }: RawValues): RawValues => values;

export const withBeside = (raw: RawValues, beside: Beside): RawValues => ({
  ...typedOnly(raw),
  ...(Object.values(beside).some((each) => each !== undefined) && { [BESIDE]: beside }),
});

/** What is in doubt was answered, or is no longer asked. */
export const withoutDoubt = (raw: RawValues): RawValues =>
  withBeside(raw, { refused: besideIn(raw).refused });

/** Why the form was refused for what still stands in a field. */
export function refusedFor(raw: RawValues, name: string): string | undefined {
  const refused = besideIn(raw).refused?.[name];
  return refused && JSON.stringify(refused.value) === JSON.stringify(raw[name]) ? refused.why : undefined;
}
