import { SendFailure } from '../../platform.ts';
import { Alarms, type PaceWorld } from './alarms.ts';
import { Gate } from './gate.ts';
import { type Limits, limitsOfApi } from './limits.ts';
import { Line, type Place } from './line.ts';
import { type Addressed, type Receiver, Receivers } from './receivers.ts';

const FIRST_BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 60_000;

/** Those who wait for one API. A receiver that is not free holds up nobody but its own. */
export class ApiQueue {
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #refusalOf: (place: Place) => SendFailure | undefined;
  readonly #alarms: Alarms;
  readonly #gate: Gate;
  readonly #line = new Line<Addressed>();
  readonly #receivers: Receivers;

  /** @param refusalOf why such a call is not taken now, whatever room there is */
  constructor(limits: Limits, world: PaceWorld, refusalOf: (place: Place) => SendFailure | undefined) {
    this.#limits = limits;
    this.#now = world.now;
    this.#refusalOf = refusalOf;
    this.#alarms = new Alarms(world);
    this.#gate = new Gate(limitsOfApi(limits));
    this.#receivers = new Receivers(limits);
  }

  async run<T>(place: Place, call: () => Promise<T>): Promise<T> {
    const receiver = place.receiver && this.#receivers.of(place.receiver, this.#now());
    const refusal = this.#refusal(place, receiver, this.#ahead(place));
    if (refusal) throw refusal;
    if (receiver) receiver.calls += 1;
    try {
      await new Promise<void>((go, refuse) => {
        this.#line.add({ place, receiver, go, refuse });
        this.#serve();
      });
      return await call().finally(() => {
        const now = this.#now();
        this.#gate.end(now);
        receiver?.gate.end(now);
      });
    } finally {
      if (receiver) receiver.calls -= 1;
    }
  }

  /** Lets no more start for so long, urgent calls only where one was refused. @returns when the call of `place`, which was refused, may come again */
  pause(pauseMs: number, place: Place): number {
    const now = this.#now();
    this.#gate.pause(now + pauseMs, place.urgent);
    this.weighAnew();
    const turnAt = this.#gate.turn(now, this.#ahead(place), place.urgent);
    this.#promise(place, turnAt);
    return turnAt - now;
  }

  /** Leaves the receiver alone: longer each time, until `restore`. @returns for how long */
  backOff(to: NonNullable<Place['receiver']>): number {
    const receiver = this.#receivers.of(to, this.#now());
    const pauseMs = Math.min(FIRST_BACK_OFF_MS * 2 ** receiver.refusals, LONGEST_BACK_OFF_MS);
    receiver.refusals += 1;
    receiver.gate.pause(this.#now() + pauseMs, true);
    return pauseMs;
  }

  /** The receiver took something. */
  restore(to: NonNullable<Place['receiver']>): void {
    this.#receivers.of(to, this.#now()).refusals = 0;
  }

  /** Gives those back who wait and would have to wait too long as things are now. */
  weighAnew(): void {
    const all = [...this.#receivers.unparkAll(), ...this.#line.empty()];
    for (const [index, waiting] of all.entries()) {
      const refusal = this.#refusal(waiting.place, waiting.receiver, index);
      if (refusal) waiting.refuse(refusal);
      else this.#line.add(waiting);
    }
    this.#serve();
  }

  /** Gives back who waits; to be called once `refusalOf` refuses all. */
  stop(): void {
    this.weighAnew();
    this.#alarms.clear();
  }

  /** Starts all whose turn it is. */
  #serve(): void {
    const nextInLine = () => this.#line.next(this.#gate.isPaused(this.#now()));
    for (let next = nextInLine(); next; next = nextInLine()) {
      const { waiting, owed } = next;
      const { receiver } = waiting;
      const now = this.#now();
      const turnAt = this.#gate.turn(now, 0, waiting.place.urgent || owed);
      if (turnAt > now) {
        this.#alarms.wake(this, turnAt, () => this.#serve());
        return;
      }
      this.#line.remove(waiting);
      if (receiver && receiver.gate.turn(now, 0, true) > now) {
        receiver.parked.add(waiting);
      } else {
        this.#line.count(waiting);
        this.#gate.take();
        receiver?.gate.take();
        waiting.go();
      }
      if (receiver) this.#unpark(receiver);
    }
  }

  /** Puts one who waits for this receiver back in line as soon as the receiver is free. */
  #unpark(receiver: Receiver): void {
    const next = receiver.parked.next(false);
    if (!next) return;
    const now = this.#now();
    const turnAt = receiver.gate.turn(now, 0, true);
    if (turnAt > now) {
      this.#alarms.wake(receiver, turnAt, () => {
        this.#unpark(receiver);
        this.#serve();
      });
      return;
    }
    receiver.parked.remove(next.waiting);
    this.#line.addFirst(next.waiting);
  }

  /** How many go before a call that comes now: those in line, and those to whom a turn was promised and who come back. */
  #ahead({ key, urgent }: Place): number {
    const inLine = this.#line.ahead(urgent);
    if (urgent || (key !== undefined && this.#gate.redeem(key))) return inLine;
    return inLine + this.#gate.promised(this.#now());
  }

  #refusal(place: Place, receiver: Receiver | undefined, ahead: number): SendFailure | undefined {
    const refusal = this.#refusalOf(place);
    if (refusal || place.key === undefined) return refusal;
    const { urgent } = place;
    const now = this.#now();
    const turnAt = Math.max(
      this.#gate.turn(now, ahead, urgent),
      receiver?.gate.turn(now, receiver.parked.ahead(urgent), true) ?? now,
    );
    const { urgentMaxWaitMs, maxWaitMs } = this.#limits;
    if (turnAt - now <= (urgent ? urgentMaxWaitMs : maxWaitMs)) return undefined;
    this.#promise(place, turnAt);
    return new SendFailure('too many messages wait for the platform', false, turnAt - now);
  }

  #promise({ key, urgent }: Place, turnAt: number): void {
    if (key !== undefined && !urgent) this.#gate.promise(key, turnAt);
  }
}
