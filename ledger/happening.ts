import type { CalendarDate } from './calendar.ts';
import type { Person } from './directory.ts';
import type { Operation } from './operation.ts';

/** Somebody recorded in one ledger something that happened; what was recorded is nobody else's business. */
export interface Happening {
  by: Person;
  on: CalendarDate;
}

/** Every ledger makes of it what it has to. @returns sentences for who recorded it, to stand beside his receipt */
export async function tellLedgers(operation: Operation, happening: Happening): Promise<string[]> {
  const said: string[] = [];
  for (const ledger of operation.store.ledgers)
    said.push(...((await ledger.heard?.(operation, happening)) ?? []));
  return said;
}
