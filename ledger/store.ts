import type { Rules } from '../config/rules.ts';
import type { Database } from '../prisma/database.ts';
import type { Calendar } from './calendar.ts';
import type { Ledger } from './define.ts';
import type { KeyRing } from './seal.ts';

export type { Rules } from '../config/rules.ts';
export type { Database, Row, Rows } from '../prisma/database.ts';

/** What everything that reads or writes the record is handed. */
export interface Store {
  readonly database: Database;
  readonly keys: KeyRing;
  readonly calendar: Calendar;
  readonly rules: Rules;
  readonly ledgers: readonly Ledger[];
}
