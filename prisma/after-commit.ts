import type { Database, Rows } from './database.ts';

const acts = new WeakMap<Rows, (() => void)[]>();

/** Does it once the transaction whose rows these are is committed, before anything else is written; never, where it is undone. */
export function afterCommit(rows: Rows, act: () => void): void {
  const others = acts.get(rows);
  if (others) others.push(act);
  else acts.set(rows, [act]);
}

/** The same database, which does what is to be done after a commit. */
export function actsAfterCommit<D extends Pick<Database, 'write'>>(database: D): D {
  const write: Database['write'] = async (work, options) => {
    let inside: Rows | undefined;
    const result = await database.write((rows) => {
      inside = rows;
      return work(rows);
    }, options);
    for (const act of (inside && acts.get(inside)) ?? []) act();
    return result;
  };
  return { ...database, write };
}
