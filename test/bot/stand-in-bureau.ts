import { writeFile } from 'node:fs/promises';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { type Bureau, openBureau, START } from '../harness.ts';
import { StandInPlatform } from './stand-in-platform.ts';

export interface StandInBureauOptions {
  /** The instant at which the clock stands. */
  at?: string;
  /** What the stand-in says of itself when the service starts. */
  platform?: Partial<Pick<StandInPlatform, 'accounts' | 'forms' | 'remembersIdsForMs'>>;
  /** What stands in the rules file. */
  rules?: string;
}

export interface Opened {
  bureau: Bureau;
  platform: StandInPlatform;
  other: Store;
  clock: { time: number };
}

/** Opens the sample bureau, and waits until it has nothing to do. */
export async function openOnStandIn({
  at = START,
  platform: settings = {},
  rules,
}: StandInBureauOptions = {}): Promise<Opened> {
  const clock = { time: Date.parse(at) };
  const platform = Object.assign(new StandInPlatform(), settings);
  const bureau = await openBureau({
    world: { now: () => new Date(clock.time), platforms: [platform.setting] },
  });
  if (rules !== undefined) {
    await writeFile(bureau.environment.rulesFile, rules);
    await bureau.restart();
  }
  // Both write from one thread: whoever waited for the other would wait for himself.
  await bureau.service.idle();
  const other = await openStore(bureau.environment, ledgers);
  return { bureau, platform, other, clock };
}

/** The sample bureau on a platform that is in the test's hands, as is the clock. */
export class StandInBureau {
  readonly bureau: Bureau;
  readonly platform: StandInPlatform;
  /** A second way into the same database, as another process would have it. */
  readonly other: Store;
  readonly #clock: { time: number };

  constructor({ bureau, platform, other, clock }: Opened) {
    this.bureau = bureau;
    this.platform = platform;
    this.other = other;
    this.#clock = clock;
  }

  /** Where the clock stands; it goes on only when it is set. */
  get time(): number {
    return this.#clock.time;
  }

  set time(time: number) {
    this.#clock.time = time;
  }

  idOf(name: string): string {
    return this.bureau.idOf(name);
  }

  /** Waits until all that is due is done. */
  async settle(): Promise<void> {
    await this.bureau.service.idle();
  }

  async passSeconds(seconds: number): Promise<void> {
    this.time += seconds * 1000;
    await this.settle();
  }

  async close(): Promise<void> {
    await this.bureau.service.stop();
    await this.other.database.close();
    await this.bureau.close();
  }
}
