import { setTimeout as wait } from 'node:timers/promises';
import { keyIdOf, SealBroken } from './seal.ts';
import { type SealedColumn, type SealedValue, sealedColumns } from './sealed-columns.ts';
import type { Store } from './store.ts';

/** Rows of one page. Only the writing holds others up, for some tens of milliseconds. */
const PAGE = 50;
/** Between two pages whoever waits for the database gets it: he looks every 25 to 100 ms. */
const PAUSE_MS = 100;
const SAYS_EVERY = 2000;

export interface Rewrapped {
  /** Values wrapped anew. */
  rewrapped: number;
  /** Records with a value that does not open. */
  broken: string[];
}

/** Wraps every sealed value under the current key, again and again until none is left that opens and has another one. */
export async function rewrapAll(store: Store, say: (sentence: string) => void): Promise<Rewrapped> {
  let rewrapped = 0;
  for (;;) {
    // Whoever was writing when the key changed has ended when the database is given to us: what he wrote is seen.
    await store.database.write(async () => undefined);
    const round = { rewrapped: 0, missed: 0, broken: [] as string[] };
    for (const column of sealedColumns) await rewrapColumn(store, column, round, say);
    rewrapped += round.rewrapped;
    if (round.rewrapped + round.missed === 0) return { rewrapped, broken: round.broken };
  }
}

interface Round extends Rewrapped {
  /** Values that somebody changed meanwhile. */
  missed: number;
}

async function rewrapColumn(
  store: Store,
  column: SealedColumn,
  round: Round,
  say: (sentence: string) => void,
): Promise<void> {
  let done = 0;
  let said = 0;
  for await (const page of column.pages(store.database.rows, PAGE)) {
    const anew = page.flatMap((value) => inNewWrapping(store, value, round.broken));
    if (anew.length === 0) continue;
    const replaced = await replaceAll(store, anew);
    done += replaced;
    round.missed += anew.length - replaced;
    if (done - said >= SAYS_EVERY) {
      said = done;
      say(`${column.model}.${column.column}: ${done} so far`);
    }
    await wait(PAUSE_MS);
  }
  round.rewrapped += done;
  if (done > 0) say(`${column.model}.${column.column}: ${done} wrapped anew`);
}

interface Anew {
  value: SealedValue;
  sealed: Uint8Array;
}

function inNewWrapping({ keys }: Store, value: SealedValue, broken: string[]): Anew[] {
  try {
    const sealed = keys.rewrapped(value.sealed, value.about);
    return sealed ? [{ value, sealed }] : [];
  } catch (fault) {
    if (!(fault instanceof SealBroken)) throw fault;
    broken.push(value.record);
    return [];
  }
}

/** What is replaced is what was read: what somebody changed meanwhile is left to the next round. */
function replaceAll({ database }: Store, anew: readonly Anew[]): Promise<number> {
  return database.write(async (rows) => {
    let replaced = 0;
    for (const { value, sealed } of anew) if (await value.replace(rows, sealed)) replaced += 1;
    return replaced;
  });
}

/** How many values each key has sealed, by its id. */
export async function usesOfKeys({ database }: Pick<Store, 'database'>): Promise<Map<string, number>> {
  const uses = new Map<string, number>();
  for (const column of sealedColumns) {
    for await (const page of column.pages(database.rows, PAGE * 10)) {
      for (const { sealed } of page) {
        const id = keyIdOf(sealed);
        uses.set(id, (uses.get(id) ?? 0) + 1);
      }
    }
  }
  return uses;
}
