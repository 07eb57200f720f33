/**
 * In place of the package that keeps the contacts of a puppet service on disk, in the clear: they are kept as long as the
 * process lives, and nothing is written.
 */
export class FlashStore<Key, Value> {
  readonly #values = new Map<Key, Value>();

  get size(): Promise<number> {
    return Promise.resolve(this.#values.size);
  }

  async get(key: Key): Promise<Value | undefined> {
    return this.#values.get(key);
  }

  async set(key: Key, value: Value): Promise<void> {
    this.#values.set(key, value);
  }

  async has(key: Key): Promise<boolean> {
    return this.#values.has(key);
  }

  async delete(key: Key): Promise<void> {
    this.#values.delete(key);
  }

  async *keys(): AsyncGenerator<Key> {
    yield* this.#values.keys();
  }

  async *values(): AsyncGenerator<Value> {
    yield* this.#values.values();
  }

  async close(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#values.clear();
  }
}
