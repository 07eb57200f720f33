import type { Database, Rows } from './database.ts';

/** What is to be done at the end of a transaction. */
export interface AtEnd {
  /** It is committed; nothing else is written before this. It throws nothing. */
  committed(): void;
  /** It is undone. */
  undone?(): void;
}

const open = new WeakMap<Rows, AtEnd[]>();

/** Does it at the end of the transaction whose rows these are. @throws where none is open */
export function atEnd(rows: Rows, end: AtEnd): void {
  const ends = open.get(rows);
  if (!ends) throw new Error('These rows are of no transaction that is open');
  ends.push(end);
}

/** The same database, which does what is to be done at the end of a transaction. */
export function actsAtEnd<D extends Pick<Database, 'write'>>(database: D): D {
  const write: Database['write'] = async (work, options) => {
    let ends: AtEnd[] = [];
    let last: Rows | undefined;
    const over = (): readonly AtEnd[] => {
      if (last) open.delete(last);
      last = undefined;
      return ends.splice(0);
    };
    const undo = (): void => {
      for (const { undone } of over()) undone?.();
    };
    const begun = (rows: Rows) => {
      // Another process held the file, and it begins anew.
      undo();
      ends = [];
      last = rows;
      open.set(rows, ends);
      return work(rows);
    };
    const result = await database.write(begun, options).catch((fault: unknown) => {
      undo();
      throw fault;
    });
    for (const { committed } of over()) committed();
    return result;
  };
  return { ...database, write };
}
