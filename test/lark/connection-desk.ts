import { pino } from 'pino';
import { afterEach, beforeEach, expect } from 'vitest';
import { openDispatcher } from '../../bot/lark/receiving/dispatcher.ts';
import { type LongConnection, openLongConnection } from '../../bot/lark/receiving/long-connection.ts';
import { FAST } from './receiving-app.ts';
import { ToldHouse } from './receiving-push.ts';
import { openStandIn, type StandIn } from './stand-in/stand-in.ts';

/** For what comes about by itself. */
export const SOON = { interval: 10, timeout: 5000 };

/** A long connection to the stand-in that was not started yet, before a house that remembers what reached it. */
export class ConnectionDesk {
  readonly house = new ToldHouse();
  readonly standIn: StandIn;
  /** Somebody who may write to the bot. */
  readonly openId: string;
  connection: LongConnection;
  /** By how much its clock is ahead. */
  lateMs = 0;

  constructor(standIn: StandIn) {
    this.standIn = standIn;
    this.openId = standIn.directory.addPerson({ name: '林示例' }).openId;
    this.connection = this.open();
  }

  open(settings: { appId?: string; appSecret?: string; baseUrl?: string } = {}): LongConnection {
    const log = pino({ level: 'silent' });
    const dispatcher = openDispatcher(this.house, {
      botOpenId: () => this.standIn.botOpenId,
      platform: 'lark',
      now: () => new Date(),
      log,
    });
    return openLongConnection(
      { ...this.standIn, baseUrl: this.standIn.address, ...settings },
      { dispatcher, now: () => Date.now() + this.lateMs, log, backoff: FAST },
    );
  }

  /** Waits until it is so. */
  async isReady(expected: boolean): Promise<void> {
    // A connection that was cut may be back after some milliseconds.
    await expect.poll(() => this.connection.ready(), { ...SOON, interval: 1 }).toBe(expected);
  }

  async start(): Promise<void> {
    await this.connection.start();
    await this.isReady(true);
  }
}

/** Each test has a desk of its own. */
export function freshConnectionDesks(begin: (desk: ConnectionDesk) => void): void {
  let desk: ConnectionDesk;
  beforeEach(async () => {
    const standIn = await openStandIn({
      redeliverAfterMs: Array(20).fill(50),
      clientConfig: { ReconnectNonce: 0.05, ReconnectInterval: 0.05 },
    });
    desk = new ConnectionDesk(standIn);
    begin(desk);
  });
  afterEach(async () => {
    await desk.connection.stop();
    await desk.standIn.close();
  });
}
