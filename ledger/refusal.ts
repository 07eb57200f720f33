import type { Action } from './message.ts';

/**
 * A "no" that the person may read: what was found and what was expected, in Chinese.
 * Everything else that is thrown is a fault: logged, and answered with a fixed line.
 */
export class Refusal extends Error {
  /** Stable, for programs and tests; the sentence may change. */
  readonly code: RefusalCode;
  /** Per form field, where the refusal is about what was filled in. */
  readonly fields: Readonly<Record<string, string>>;
  /** What the person may have meant or may do instead. */
  readonly offers: readonly Action[];

  constructor(
    code: RefusalCode,
    sentence: string,
    fields: Readonly<Record<string, string>> = {},
    offers: readonly Action[] = [],
  ) {
    super(sentence);
    this.name = 'Refusal';
    this.code = code;
    this.fields = fields;
    this.offers = offers;
  }
}

export type RefusalCode =
  | 'unknown-person'
  | 'unknown-word'
  | 'unknown-entry'
  | 'not-permitted'
  | 'private-only'
  | 'wrong-state'
  | 'four-eyes'
  | 'outdated'
  | 'invalid-input'
  | 'too-long'
  | 'form-closed'
  | 'not-enabled'
  | 'broken-seal';
