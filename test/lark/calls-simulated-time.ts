import { setImmediate as turn } from 'node:timers/promises';
import type { PaceWorld } from '../../bot/lark/calls/alarms.ts';

/** A clock that stands still until everything that happens at one instant has happened, and then jumps to the next. */
export class SimulatedTime implements PaceWorld {
  #now = 1_000_000;
  #nextId = 0;
  readonly #due = new Map<number, { at: number; act: () => void }>();

  readonly now = (): number => this.#now;

  readonly after = (delayMs: number, act: () => void): (() => void) => {
    const id = this.#nextId++;
    this.#due.set(id, { at: this.#now + delayMs, act });
    return () => this.#due.delete(id);
  };

  readonly wait = (ms: number): Promise<void> => new Promise((resolve) => this.after(ms, resolve));

  /** How many alarms are set. */
  get alarms(): number {
    return this.#due.size;
  }

  /** Lets time pass until nothing is due any more. */
  async run(): Promise<void> {
    await turn();
    while (this.#due.size > 0) {
      const at = Math.min(...[...this.#due.values()].map((alarm) => alarm.at));
      this.#now = Math.max(this.#now, at);
      for (const [id, alarm] of this.#due) {
        if (alarm.at > at) continue;
        this.#due.delete(id);
        alarm.act();
      }
      await turn();
    }
  }
}
