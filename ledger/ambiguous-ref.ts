import type { Entry } from './define.ts';
import { type Action, showLine } from './message.ts';
import { Refusal } from './refusal.ts';

/** Buttons that are offered; more would be a list. */
const OFFERED = 6;
/** Of a title, on its button. */
const SIGNS = 14;

/** A shortened number that several entries may be meant by: each is offered under its whole number. */
export class AmbiguousRef extends Refusal {
  readonly typed: string;
  readonly meant: readonly Entry[];

  /** @param lineOf what is said with the one that is chosen; without it, it is shown */
  constructor(typed: string, meant: readonly Entry[], lineOf: (ref: string) => string = showLine) {
    const inOrder = [...meant].sort((one, other) => (one.refOrder < other.refOrder ? -1 : 1));
    const refs = inOrder.map(({ ref }) => `「${ref}」`);
    const choice = `${refs.slice(0, -1).join('、')}还是${refs.at(-1)}`;
    const offers: Action[] = inOrder
      .slice(0, OFFERED)
      .map(({ ref, title }) => ({ action: lineOf(ref), label: `${ref} ${cut(title)}` }));
    super('unknown-entry', `「${typed}」是${choice}？请写全编号。`, {}, offers);
    this.typed = typed;
    this.meant = meant;
  }
}

const cut = (title: string): string => {
  const signs = [...title];
  return signs.length > SIGNS ? `${signs.slice(0, SIGNS).join('')}…` : title;
};
