import { Gate } from './gate.ts';
import { type Limits, limitsOfReceiver } from './limits.ts';
import { Line, type Place, type Waiting } from './line.ts';

/** A person, a group or a card, as far as the pace of calls depends on it. */
export interface Receiver {
  gate: Gate;
  /** The calls whose turn came while the receiver was not free. */
  parked: Line<Addressed>;
  /** The calls that wait or are under way. */
  calls: number;
  /** How often in a row the platform said that it is too much for this receiver. */
  refusals: number;
}

/** A call in line, and the receiver that it concerns. */
export interface Addressed extends Waiting {
  receiver: Receiver | undefined;
}

/** From so many on, those of whom nothing needs to be known are forgotten. */
const SWEEP_AT = 1000;

export class Receivers {
  readonly #limits: Limits;
  readonly #known = new Map<string, Receiver>();
  #sweepAt = SWEEP_AT;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  of({ kind, id }: NonNullable<Place['receiver']>, now: number): Receiver {
    const key = `${kind} ${id}`;
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= this.#sweepAt) this.#sweep(now);
    const gate = new Gate(limitsOfReceiver(this.#limits, kind));
    const receiver: Receiver = { gate, parked: new Line(), calls: 0, refusals: 0 };
    this.#known.set(key, receiver);
    return receiver;
  }

  /** Takes all out who are parked. */
  unparkAll(): Addressed[] {
    return [...this.#known.values()].flatMap(({ parked }) => parked.empty());
  }

  #sweep(now: number): void {
    for (const [key, { gate, calls }] of this.#known) {
      if (calls === 0 && gate.isIdle(now)) this.#known.delete(key);
    }
    this.#sweepAt = Math.max(SWEEP_AT, this.#known.size * 2);
  }
}
