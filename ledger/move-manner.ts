import type { RawValues } from './form.ts';

/** How a move is asked for: what stands between a person's words and the step itself. */
export interface MoveManner<Situation> {
  /** It judges what an entry says: only who was shown that, since anybody else last changed it, takes the step. */
  readFirst?: true;
  /** What can be said behind the ref with one tap, each by a button that names it, where what the entry says is shown. */
  offered?: readonly string[];
  /** Without a ref it means the one entry of his own with which the person can make it. */
  ownOne?: true;
  /**
   * Whether 「全部」 means this entry too; without it, every one that can be moved.
   * @returns a sentence where it does not and the person is to be told why
   */
  all?(situation: Situation): boolean | string;
  /** 「全部」 is carried out once the person was shown which entries those are, and confirmed it. */
  confirmsAll?: true;
  /** What follows of the step with these values: carried out once the person was shown this very thing, and confirmed it. */
  foretell?(situation: Situation, values: RawValues): string[];
}
