/**
 * The latest of what was set, at least half as many as `most`, an even number, and never more. Nothing is taken out one by one: a `Map` from whose
 * front something goes all the time is slow to tell what is in front.
 */
export class Latest<K, V> {
  readonly #most: number;
  #new = new Map<K, V>();
  #old = new Map<K, V>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: K): V | undefined {
    return this.#new.get(key) ?? this.#old.get(key);
  }

  set(key: K, value: V): void {
    if (this.#new.size >= this.#most / 2) {
      this.#old = this.#new;
      this.#new = new Map();
    }
    this.#new.set(key, value);
  }
}
