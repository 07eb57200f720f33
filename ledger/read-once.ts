import type { Rows } from '../prisma/database.ts';
import type { Entry } from './define.ts';

const known = new WeakMap<Rows, Map<string, Promise<Entry | null>>>();

/**
 * From now on, in this transaction, the same entry is not read again for the same person until one changes: a command looks at
 * it when it is planned, when it is carried out, and for its answer.
 */
export const beginReadingOnce = (rows: Rows): void => void known.set(rows, new Map());

/** @param question all that the answer depends on beside the record */
export function readOnce(
  rows: Rows,
  question: object,
  read: () => Promise<Entry | null>,
): Promise<Entry | null> {
  const answers = known.get(rows);
  if (!answers) return read();
  const asked = JSON.stringify(question);
  const answer = answers.get(asked) ?? read();
  answers.set(asked, answer);
  return answer;
}

/** What was read is to be read again: an entry came, changed, or did not change after all. */
export const entriesChanged = (rows: Rows): void => known.get(rows)?.clear();
