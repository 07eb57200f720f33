const MEGABYTE = 1024 * 1024;

export interface ReadingLimits {
  readingMegabytes: number;
  readingMegabytesPerAddress: number;
}

/** Bodies stand in memory whole: how many bytes of them there may be at once, and how many from one address. */
export class Reading {
  readonly #most: number;
  readonly #perSource: number;
  readonly #bySource = new Map<string, number>();
  #all = 0;

  constructor({ readingMegabytes, readingMegabytesPerAddress }: ReadingLimits) {
    this.#most = readingMegabytes * MEGABYTE;
    this.#perSource = readingMegabytesPerAddress * MEGABYTE;
  }

  /**
   * @param source absent for a program of this machine
   * @param bytes as many as it says that it brings, or as many as it could
   * @returns what ends it; nothing where there is no room
   */
  begin(source: string | undefined, bytes: number): (() => void) | undefined {
    const own = source === undefined ? 0 : (this.#bySource.get(source) ?? 0);
    // One alone is always taken, so that what an endpoint takes does not depend on this.
    if (this.#all > 0 && this.#all + bytes > this.#most) return undefined;
    if (own > 0 && own + bytes > this.#perSource) return undefined;
    this.#add(source, bytes);
    return () => this.#add(source, -bytes);
  }

  #add(source: string | undefined, bytes: number): void {
    this.#all += bytes;
    if (source === undefined) return;
    const own = (this.#bySource.get(source) ?? 0) + bytes;
    if (own > 0) this.#bySource.set(source, own);
    else this.#bySource.delete(source);
  }
}
