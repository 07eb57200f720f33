import type { LedgerFile } from '../../ledger/rectification/workbook/ledger-file.ts';

/** For so long a file waits to be confirmed. */
const HELD_MS = 30 * 60_000;
/** Files that wait at one time; the oldest goes. */
const MOST = 12;

/**
 * Files between being shown and being confirmed: read, in memory only, one for each visit. What stands in them is written
 * nowhere before somebody has confirmed it.
 */
export class HeldLedgers {
  readonly #now: () => Date;
  readonly #held = new Map<string, { file: LedgerFile; since: number }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  keep(visit: string, file: LedgerFile): void {
    this.#forget();
    this.#held.delete(visit);
    const [oldest] = this.#held.keys();
    if (this.#held.size >= MOST && oldest !== undefined) this.#held.delete(oldest);
    this.#held.set(visit, { file, since: this.#now().getTime() });
  }

  find(visit: string): LedgerFile | undefined {
    this.#forget();
    return this.#held.get(visit)?.file;
  }

  /** The same, and it is held no longer: whoever asks for it second gets nothing. */
  take(visit: string): LedgerFile | undefined {
    const file = this.find(visit);
    this.#held.delete(visit);
    return file;
  }

  #forget(): void {
    const before = this.#now().getTime() - HELD_MS;
    for (const [visit, { since }] of this.#held) if (since < before) this.#held.delete(visit);
  }
}
