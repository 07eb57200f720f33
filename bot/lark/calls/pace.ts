import { SendFailure } from '../../platform.ts';
import type { PaceWorld } from './alarms.ts';
import { ApiQueue } from './api-queue.ts';
import type { Limits } from './limits.ts';
import type { Place } from './line.ts';

/** When a message may come again that was given back since the service stops. */
const STOPPED_WAIT_MS = 1000;

/**
 * The one queue of all outgoing calls. For every API and every receiver it never lets more start than the limits
 * allow, however the platform cuts its windows; urgent calls go first.
 */
export class Pace {
  readonly #limits: Limits;
  readonly #world: PaceWorld;
  readonly #queues = new Map<string, ApiQueue>();
  #onlyUrgentUntil = 0;
  #haltedUntil = 0;
  #stopped = false;

  constructor(limits: Limits, world: PaceWorld) {
    this.#limits = limits;
    this.#world = world;
  }

  /**
   * Runs `call` when its turn has come.
   * @throws SendFailure at once, saying when its turn would come, where that is too far off and the call has a key
   */
  run<T>(place: Place, call: () => Promise<T>): Promise<T> {
    return this.#queue(place).run(place, call);
  }

  /** The platform takes nothing more of this API for so long. @returns when the call of `place` may come again, in ms */
  pause(place: Place, pauseMs: number): number {
    return this.#queue(place).pause(pauseMs, place);
  }

  /** It is too much for the receiver, who is left alone for a while. @returns for how long, in ms */
  backOff(place: Place): number {
    return place.receiver ? this.#queue(place).backOff(place.receiver) : this.pause(place, 1000);
  }

  /** Lets nothing but urgent calls start for so long. */
  onlyUrgent(forMs: number): void {
    this.#onlyUrgentUntil = this.#world.now() + forMs;
    this.#weighAnew();
  }

  /** Lets nothing start for so long. */
  halt(forMs: number): void {
    this.#haltedUntil = this.#world.now() + forMs;
    this.#weighAnew();
  }

  /** The call of `place` was a success: whatever kept the platform from taking calls is over. */
  succeeded(place: Place): void {
    this.#onlyUrgentUntil = 0;
    this.#haltedUntil = 0;
    if (place.receiver) this.#queue(place).restore(place.receiver);
  }

  /** Gives back what waits, and takes nothing more. What is under way ends by itself. */
  stop(): void {
    this.#stopped = true;
    for (const queue of this.#queues.values()) queue.stop();
  }

  #weighAnew(): void {
    for (const queue of this.#queues.values()) queue.weighAnew();
  }

  #queue({ api }: Place): ApiQueue {
    const known = this.#queues.get(api);
    if (known) return known;
    const queue = new ApiQueue(this.#limits, this.#world, (place) => this.#refusalOf(place));
    this.#queues.set(api, queue);
    return queue;
  }

  #refusalOf({ urgent }: Place): SendFailure | undefined {
    const now = this.#world.now();
    if (this.#stopped) return new SendFailure('the service stops', false, STOPPED_WAIT_MS);
    if (this.#haltedUntil > now) {
      return new SendFailure('the platform takes nothing from this app', false, this.#haltedUntil - now);
    }
    if (!urgent && this.#onlyUrgentUntil > now) {
      return new SendFailure('only urgent messages are sent now', false, this.#onlyUrgentUntil - now);
    }
    return undefined;
  }
}
