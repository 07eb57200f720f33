import type { Happening } from '../happening.ts';
import type { Operation } from '../operation.ts';
import { contentsSchema, DECLARANT, NIL_RETURN, periodIdOf, withAnswer } from './contents.ts';
import { liesIn, periodOf } from './period.ts';

/** The step in which a return was brought into line with a later report. */
export const SUPPLEMENTED = 'supplement';

/**
 * 补正: somebody reports what happened in a period for which he had declared already. It is done alike whatever he had
 * declared, so that neither the step nor the sentence tells it; nobody but he sees either.
 */
export async function heard(operation: Operation, { by, on }: Happening): Promise<string[]> {
  const { entries, store, at } = operation;
  const own = await entries.list({ ledger: NIL_RETURN, personId: by.id, parts: [DECLARANT] });
  const said: string[] = [];
  for (const entry of own) {
    const period = periodOf(periodIdOf(entry), store.calendar);
    if (!liesIn(period, on)) continue;
    const contents = withAnswer(contentsSchema.parse(entries.read(entry).contents), at, 'some');
    await operation.change(
      entry,
      { state: entry.state, contents },
      { action: `${NIL_RETURN}.${SUPPLEMENTED}` },
    );
    said.push(`您${period.name}的零报告已随之补正，无需另行办理。`);
  }
  return said;
}
