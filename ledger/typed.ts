import type { RawValues } from './form.ts';

/** What was typed with a step, as far as it could be read. */
export interface Typed {
  values: RawValues;
  /** Sentences about what could not be read; the form then asks for it. */
  unread: string[];
  /** Some of it was taken for what it looks like: the person confirms that it was meant. */
  isGuess?: boolean;
}
