import { type Entry, type Ledger, type Outcome, RECUSED, type Reading } from './define.ts';
import { entriesFor } from './entry.ts';
import type { Operation } from './operation.ts';
import { hiddenFrom } from './recusal.ts';

/**
 * Hides each entry from whom it turns out to concern, now that the directory has changed, and gives it to who receives it
 * in place of those who may not, or who have left.
 */
export async function recuseAnew(operation: Operation): Promise<void> {
  const { store, rows } = operation;
  const entries = entriesFor(store, rows, 'bureau');
  for (const ledger of store.ledgers) {
    if (!ledger.concerned) continue;
    for (const entry of await entries.list({ ledger: ledger.name })) {
      const reading = entries.readable(entry);
      // Whom it concerns cannot be read: it stays hidden from whom it was.
      if (!reading) continue;
      await ledger.settle?.(operation, await recuseFrom(operation, ledger, reading));
    }
  }
}

async function recuseFrom(operation: Operation, ledger: Ledger, reading: Reading): Promise<Entry> {
  const { store, rows, directory } = operation;
  const { entry } = reading;
  const isHidden = await hiddenFrom(store.keys, rows, entry.id);
  const owners = entry.people.filter(({ part }) => ledger.ownedBy?.includes(part) ?? true);
  const concerned = ledger.concerned?.(directory, reading, store.rules) ?? [];
  const recused = concerned.filter((id) => !isHidden(id) && !owners.some(({ personId }) => personId === id));
  if (recused.length === 0) return entry;
  return operation.change(entry, { state: entry.state, recused }, { action: `${ledger.name}.${RECUSED}` });
}

/**
 * The outcome, and with it from whom the entry is hidden by what it will say: every change of contents goes through this,
 * so that no step can forget whom its words name.
 */
export function withConcerned(
  { store, directory, entries }: Pick<Operation, 'store' | 'directory' | 'entries'>,
  entry: Entry,
  outcome: Outcome,
): Outcome {
  const ledger = entries.ledgerOf(entry);
  if (outcome.contents === undefined || !ledger.concerned) return outcome;
  const data = outcome.data ?? entries.read(entry).data;
  const concerned = ledger.concerned(directory, { entry, data, contents: outcome.contents }, store.rules);
  return { ...outcome, recused: [...new Set([...(outcome.recused ?? []), ...concerned])] };
}
