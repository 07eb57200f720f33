import type { RawValues } from '../../ledger/form.ts';
import type { Doubt } from './read-people.ts';

/** Beside what was typed: whom a name may mean. No field is called so. */
const DOUBT = '?';

export const doubtIn = (raw: RawValues): Doubt | undefined => raw[DOUBT] as Doubt | undefined;

export const withDoubt = (raw: RawValues, doubt: Doubt | undefined): RawValues => {
  const { [DOUBT]: _, ...values } = raw;
  return doubt ? { ...values, [DOUBT]: doubt } : values;
};
