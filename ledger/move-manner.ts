import type { RawValues } from './form.ts';
import type { Operation } from './operation.ts';

/** How a move is asked for: what stands between a person's words and the step itself. */
export interface MoveManner<Situation> {
  /** It judges what an entry says: only who was shown that, since anybody else last changed it, takes the step. */
  readFirst?: true;
  /** What can be said behind the ref with one tap, each by a button that names it, where what the entry says is shown. */
  offered?: readonly string[];
  /**
   * Without a ref it means the one entry with which the person can make it; `or-all`: where there are several, all of them
   * are offered too.
   */
  ownOne?: true | 'or-all';
  /** What people say instead, with nothing behind it: 「收到」. */
  alone?: readonly string[];
  /**
   * Whether 「全部」 means this entry too; without it, every one that can be moved.
   * @returns a sentence where it does not and the person is to be told why
   */
  all?(situation: Situation): boolean | string;
  /**
   * 「全部」 is carried out once the person was shown which entries those are, and confirmed it; `wholes`: where they stand
   * below several, such as two rounds, and how many below each.
   */
  confirmsAll?: true | 'wholes';
  /** What stands below the entry goes with it, and is named before, behind these words. */
  withParts?: string;
  /** Other entries may forbid it whatever is filled in: where the entry is shown in full, it is offered only if `learn` lets it. */
  asksOthers?: true;
  /** It takes back what one of these steps asked for: who holds a card by which he was to decide on that reads these words. */
  takesBack?: { steps: readonly string[]; said: string };
  /** Of what kind an entry has to be, whatever its state: of what a shortened number may mean, nothing else is meant. */
  fits?(situation: Situation): boolean;
  /** What follows of the step with these values: carried out once the person was shown this very thing, and confirmed it. */
  foretell?(situation: Situation, values: RawValues): string[];
  /**
   * What the step lets pass as it stands, of other entries too: it stands in the form, and is carried out only as it was shown
   * there.
   * @throws Refusal where nothing is to be let pass
   */
  letsPass?(reader: Pick<Operation, 'entries' | 'today' | 'store'>, situation: Situation): Promise<string[]>;
}
