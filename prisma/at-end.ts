import type { Database, Rows } from './database.ts';

/** What is to be done at the end of a transaction. */
export interface AtEnd {
  /** It is committed; nothing else is written before this. */
  committed(): void;
  /** It is undone. */
  undone?(): void;
}

const ends = new WeakMap<Rows, AtEnd[]>();

/** Does it at the end of the transaction whose rows these are. */
export function atEnd(rows: Rows, end: AtEnd): void {
  const others = ends.get(rows);
  if (others) others.push(end);
  else ends.set(rows, [end]);
}

/** The same database, which does what is to be done at the end of a transaction. */
export function actsAtEnd<D extends Pick<Database, 'write'>>(database: D): D {
  const write: Database['write'] = async (work, options) => {
    let open: AtEnd[] = [];
    const undo = () => {
      for (const { undone } of open) undone?.();
    };
    try {
      const result = await database.write(async (rows) => {
        // Another process held the file, and it begins anew.
        undo();
        open = [];
        ends.set(rows, open);
        return work(rows);
      }, options);
      for (const { committed } of open) committed();
      return result;
    } catch (fault) {
      undo();
      throw fault;
    }
  };
  return { ...database, write };
}
