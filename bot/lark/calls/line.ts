import type { ReceiverKind } from './limits.ts';

/** What a call is, as far as its turn depends on it. */
export interface Place {
  api: string;
  receiver?: { kind: ReceiverKind; id: string };
  urgent: boolean;
  /**
   * Names the message, for a call that can come again: it is given back where the wait would be long. A call without
   * waits as long as it takes.
   */
  key?: string;
}

/** A call in line. */
export interface Waiting {
  place: Place;
  go(): void;
  refuse(fault: Error): void;
}

/** After so many urgent calls in a row, one that is not gets its turn: nobody waits forever. */
const URGENT_IN_A_ROW = 9;

/** Those who wait: the urgent ones first, each kind in the order in which it came. */
export class Line<W extends Waiting> {
  #urgent: W[] = [];
  #ordinary: W[] = [];
  #urgentInARow = 0;

  get length(): number {
    return this.#urgent.length + this.#ordinary.length;
  }

  /** How many go before one that comes now. */
  ahead(urgent: boolean): number {
    return urgent ? this.#urgent.length : this.length;
  }

  add(waiting: W): void {
    this.#lane(waiting).push(waiting);
  }

  /** Puts it before the others of its kind. */
  addFirst(waiting: W): void {
    this.#lane(waiting).unshift(waiting);
  }

  /**
   * Whose turn it is; `owed` where that is an ordinary call which urgent ones held up for long.
   * @param pausing ordinary calls are not let through now, and hold up no urgent one
   */
  next(pausing: boolean): { waiting: W; owed: boolean } | undefined {
    const [urgent] = this.#urgent;
    const [ordinary] = this.#ordinary;
    const owed = !pausing && ordinary !== undefined && this.#urgentInARow >= URGENT_IN_A_ROW;
    const waiting = owed ? ordinary : (urgent ?? ordinary);
    return waiting && { waiting, owed };
  }

  /** Takes the one out whose turn it is. */
  remove(waiting: W): void {
    this.#lane(waiting).shift();
  }

  /** It started. */
  count(waiting: W): void {
    this.#urgentInARow = waiting.place.urgent && this.#ordinary.length > 0 ? this.#urgentInARow + 1 : 0;
  }

  /** Takes all out, in the order of their turns. */
  empty(): W[] {
    const all = [...this.#urgent, ...this.#ordinary];
    this.#urgent = [];
    this.#ordinary = [];
    return all;
  }

  #lane({ place }: W): W[] {
    return place.urgent ? this.#urgent : this.#ordinary;
  }
}
