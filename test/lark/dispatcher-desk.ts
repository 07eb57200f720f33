import { beforeEach } from 'vitest';
import { type DispatcherOptions, openDispatcher } from '../../bot/lark/receiving/dispatcher.ts';
import type { Inbound } from '../../bot/platform.ts';
import { keptLog, type LogLine } from './receiving-log.ts';
import { BOT, messageEvent, NOW, type Said, ToldHouse } from './receiving-push.ts';

/** The dispatcher of events before a house that remembers what reached it. */
export class DispatcherDesk {
  readonly house = new ToldHouse();
  readonly lines: readonly LogLine[];
  /** What the bot knows of its own id. */
  bot: string | undefined = BOT;
  readonly invoke: (event: unknown) => Promise<unknown>;

  constructor(options: Pick<DispatcherOptions, 'menuLine'> = {}) {
    const { log, lines } = keptLog('trace');
    const dispatcher = openDispatcher(this.house, {
      ...{ botOpenId: () => this.bot, platform: 'lark', now: () => NOW, log },
      ...options,
    });
    this.lines = lines;
    this.invoke = (event) => dispatcher.invoke(event, { needCheck: false });
  }

  /** @returns what the house is told of it */
  async saidBy(said: Said): Promise<Inbound | undefined> {
    this.house.messages.length = 0;
    await this.invoke(messageEvent(said));
    return this.house.messages[0];
  }
}

/** Each test has a desk of its own. */
export const freshDispatcherDesks = (begin: (desk: DispatcherDesk) => void): void =>
  beforeEach(() => begin(new DispatcherDesk()));

/** An instant before the present one. */
export const ago = (ms: number): Date => new Date(NOW.getTime() - ms);
