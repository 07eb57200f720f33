import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connections } from './connections.ts';
import type { JsonObject } from './json.ts';
import { seal } from './seal.ts';
import { type Reply, Webhook } from './webhook.ts';

/** One time that an event was handed over, or was tried to be. */
export interface Attempt {
  /** By the clock of the stand-in. */
  readonly at: number;
  readonly over: 'webhook' | 'connection';
  readonly outcome: 'acknowledged' | 'refused' | 'late' | 'unreachable' | 'cut';
  /** HTTP status, or the code of the acknowledgement. */
  readonly status?: number;
  readonly tookMs: number;
}

/** An event, and what became of it. */
export interface Pushed {
  readonly eventId: string;
  readonly messageId?: string;
  readonly chatId?: string;
  /** The whole event as it was pushed, before any encryption. */
  readonly body: JsonObject;
  readonly delivered: readonly Attempt[];
  readonly acknowledged: boolean;
  /** Why the platform does not push it at all: no subscription, no scope, the bot was not mentioned. */
  readonly withheld?: string;
}

interface DeliveryOptions {
  connections: Connections;
  encryptKey: string;
  redeliverAfterMs: readonly number[];
  ackWithinMs: number;
  now: () => number;
}

/** Brings events and callbacks to the app, over the way that is set up at that moment. */
export class Delivery {
  url: string | undefined;
  readonly pushes: Pushed[] = [];
  readonly #options: DeliveryOptions;
  readonly #webhook = new Webhook();
  readonly #closing = new AbortController();

  constructor(options: DeliveryOptions) {
    this.#options = options;
    setMaxListeners(0, this.#closing.signal);
  }

  /** One attempt. */
  async hand(body: object, fragments?: number): Promise<Reply> {
    const { connections, encryptKey, ackWithinMs, now } = this.#options;
    if (this.url === undefined) return connections.deliver(body, ackWithinMs, fragments);
    return this.#webhook.post(this.url, seal(body, encryptKey, now()), ackWithinMs);
  }

  /** Until it is acknowledged, or all attempts are used up. */
  async push(
    body: JsonObject,
    about: { eventId: string; messageId?: string; chatId?: string },
    fragments?: number,
  ): Promise<Pushed> {
    const delivered: Attempt[] = [];
    const pushed = { ...about, body, delivered, acknowledged: false };
    this.pushes.push(pushed);
    for (const afterMs of [0, ...this.#options.redeliverAfterMs]) {
      if (!(await this.#waited(afterMs))) break;
      const attempt = await this.#attempt(body, fragments);
      delivered.push(attempt);
      pushed.acknowledged = attempt.outcome === 'acknowledged';
      if (pushed.acknowledged) break;
    }
    return pushed;
  }

  /** The platform's question whether the request URL is the app's own: signed by nobody, to be answered within 1 s. */
  async verifyUrl(verificationToken: string): Promise<boolean> {
    if (this.url === undefined) throw new Error('There is no request URL: call pushTo first');
    const challenge = crypto.randomUUID();
    const question = { challenge, token: verificationToken, type: 'url_verification' };
    const { body } = seal(question, this.#options.encryptKey, this.#options.now());
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const reply = await this.#webhook.post(this.url, { body, headers }, 1000);
    if (reply.kind !== 'answered' || reply.status !== 200) return false;
    try {
      return (JSON.parse(reply.body) as JsonObject).challenge === challenge;
    } catch {
      return false;
    }
  }

  /** Nothing is delivered again. */
  close(): void {
    this.#closing.abort();
    this.#webhook.close();
  }

  async #attempt(body: JsonObject, fragments: number | undefined): Promise<Attempt> {
    const at = this.#options.now();
    const begun = performance.now();
    const over = this.url === undefined ? 'connection' : 'webhook';
    const reply = await this.hand(body, fragments);
    const tookMs = performance.now() - begun;
    if (reply.kind !== 'answered') return { at, over, outcome: reply.kind, tookMs };
    const outcome = reply.status === 200 ? 'acknowledged' : 'refused';
    return { at, over, outcome, status: reply.status, tookMs };
  }

  /** @returns whether there is still somebody to wait for */
  async #waited(ms: number): Promise<boolean> {
    const { signal } = this.#closing;
    if (ms > 0) await wait(ms, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }
}
