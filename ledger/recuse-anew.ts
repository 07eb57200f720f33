import { WITH_PEOPLE } from './entry.ts';
import type { Operation } from './operation.ts';
import { recusalMark } from './recusal.ts';

/** Hides each entry from whom it turns out to concern, now that the directory has changed. */
export async function recuseAnew(operation: Operation): Promise<void> {
  for (const ledger of operation.store.ledgers) {
    if (!ledger.concerned) continue;
    const found = await operation.rows.entry.findMany({
      where: { ledger: ledger.name },
      include: { ...WITH_PEOPLE, recusals: true },
    });
    for (const entry of found) {
      const takesPart = new Set(entry.people.map(({ personId }) => personId));
      const marks = new Set(entry.recusals.map(({ mark }) => mark));
      const recused = ledger
        .concerned(operation.directory, operation.entries.read(entry))
        .filter((id) => !takesPart.has(id) && !marks.has(recusalMark(operation.store.keys, id)));
      if (recused.length === 0) continue;
      await operation.change(entry, { state: entry.state, recused }, { action: `${ledger.name}.recuse` });
    }
  }
}
