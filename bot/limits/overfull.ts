/**
 * More waits already than is kept in memory: this was not taken, and nothing of it is kept. Whoever delivers again is to
 * do so later; whoever does not is to be told.
 */
export class Overfull extends Error {
  /** After which it may be worth trying again. */
  readonly waitMs: number;

  /** @param what in English, without names and content */
  constructor(what: string, waitMs = 5000) {
    super(`${what} are more than can wait`);
    this.name = 'Overfull';
    this.waitMs = waitMs;
  }
}
