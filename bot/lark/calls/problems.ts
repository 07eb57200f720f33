/** Of what somebody has to mend, the latest of each kind. */
export class Problems {
  readonly #known = new Map<string, string>();

  note(kind: string, text: string): void {
    this.#known.set(kind, text);
  }

  solved(kind: string): void {
    this.#known.delete(kind);
  }

  text(): string | undefined {
    return this.#known.size === 0 ? undefined : [...new Set(this.#known.values())].join('; ');
  }
}
