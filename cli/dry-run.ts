/** Ends a transaction whose work is not to be kept. */
class Undo<T> extends Error {
  readonly result: T;

  constructor(result: T) {
    super('undone');
    this.result = result;
  }
}

/** Runs work in a transaction; in a dry run, what it wrote is undone and only its result is handed back. */
export async function rolledBack<T>(
  dryRun: boolean | undefined,
  work: (finish: (result: T) => T) => Promise<T>,
): Promise<T> {
  try {
    return await work((result) => {
      if (dryRun) throw new Undo(result);
      return result;
    });
  } catch (fault) {
    if (fault instanceof Undo) return fault.result as T;
    throw fault;
  }
}
