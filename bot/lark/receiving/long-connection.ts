import { Agent as PlainAgent } from 'node:http';
import { Agent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type EventDispatcher, WSClient } from '../sdk.ts';
import { type Discovery, endpointDiscovery } from './endpoint-discovery.ts';
import { SDK_SILENCE } from './sdk-silence.ts';
import { WatchedDispatcher } from './watched-dispatcher.ts';

export interface LongConnectionSettings {
  appId: string;
  appSecret: string;
  /** Such as https://open.feishu.cn. */
  baseUrl: string;
}

export interface LongConnectionOptions {
  dispatcher: EventDispatcher;
  now: () => number;
  log: Logger;
  backoff?: Backoff;
}

/** How long to wait before connecting anew, and how long before somebody is told. */
export interface Backoff {
  firstMs: number;
  mostMs: number;
  /** How often the connection is looked at. */
  checkMs: number;
  /** Without a connection for so long there is a problem. */
  tellAfterMs: number;
  /** From 0 to 1. */
  random: () => number;
}

const BACKOFF: Backoff = {
  firstMs: 1000,
  mostMs: 60_000,
  checkMs: 1000,
  tellAfterMs: 60_000,
  random: Math.random,
};

const DISCOVERY_MS = 10_000;
const HANDSHAKE_MS = 10_000;
/** Below the platform's ping interval of 120 s: each ping winds the watch up again. */
const PONG_SECONDS = 30;
/** However the SDK got there: who tries for so long without giving up is begun anew. */
const STUCK_MS = 5 * 60_000;
const LAST_WORK_MS = 3000;
/** What was handled last is acknowledged in this time. */
const LAST_ACK_MS = 50;

export interface LongConnection {
  /** Once, and resolves at once: a platform that cannot be reached now is tried until it can. */
  start(): Promise<void>;
  /** Takes no more events, waits up to 3 s for those under way, and closes. */
  stop(): Promise<void>;
  ready(): boolean;
  /** What somebody has to mend, for operators. */
  problem(): string | undefined;
}

/** The connection over which the platform sends events without an address of ours, kept up as long as it is wanted. */
export const openLongConnection = (
  settings: LongConnectionSettings,
  options: LongConnectionOptions,
): LongConnection => new SupervisedConnection(settings, options);

class SupervisedConnection implements LongConnection {
  readonly #appId: string;
  readonly #client: WSClient;
  readonly #dispatcher: WatchedDispatcher;
  readonly #agent: Agent | PlainAgent;
  readonly #stopped = new AbortController();
  readonly #now: () => number;
  readonly #log: Logger;
  readonly #backoff: Backoff;
  #stopping: Promise<void> | undefined;
  #supervision: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  #discovery: Discovery | undefined;
  #failures = 0;
  #wasConnected = false;
  /** Since when there is no connection. */
  #downSince: number | undefined;
  #triedAt = 0;

  constructor(
    settings: LongConnectionSettings,
    { dispatcher, now, log, backoff = BACKOFF }: LongConnectionOptions,
  ) {
    const { appId, appSecret, baseUrl } = settings;
    this.#appId = appId;
    this.#now = now;
    this.#log = log;
    this.#backoff = backoff;
    this.#dispatcher = new WatchedDispatcher(dispatcher);
    this.#agent = baseUrl.startsWith('https:') ? new Agent() : new PlainAgent();
    this.#client = new WSClient({
      appId,
      appSecret,
      domain: baseUrl,
      logger: SDK_SILENCE,
      agent: this.#agent,
      handshakeTimeoutMs: HANDSHAKE_MS,
      wsConfig: { pingTimeout: PONG_SECONDS },
      httpInstance: endpointDiscovery({
        baseUrl,
        timeoutMs: DISCOVERY_MS,
        stopped: this.#stopped.signal,
        onAnswer: (discovery) => this.#answered(discovery),
      }),
    });
  }

  async start(): Promise<void> {
    if (this.#stopped.signal.aborted || !this.#isAppId()) return;
    this.#downSince = this.#now();
    this.#supervision = setInterval(() => this.#check(), this.#backoff.checkMs);
    this.#connect();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#stopped.abort();
    clearInterval(this.#supervision);
    clearTimeout(this.#restart);
    await this.#dispatcher.close(LAST_WORK_MS);
    if (this.#isConnected()) await wait(LAST_ACK_MS);
    // By force, because the polite way waits half a minute for a platform that does not answer. So do handshakes.
    this.#client.close({ force: true });
    this.#agent.destroy();
  }

  ready(): boolean {
    return !this.#stopped.signal.aborted && this.#isConnected();
  }

  problem(): string | undefined {
    if (!this.#isAppId()) return 'The Feishu app id must be cli_ and 16 hexadecimal digits, and is not';
    if (this.#downSince === undefined || this.#isConnected()) return undefined;
    const discovery = this.#discovery;
    if (typeof discovery === 'object') {
      return `Feishu refuses the long connection with code ${discovery.refused}: check app id, secret and subscription mode`;
    }
    const downMs = this.#now() - this.#downSince;
    if (downMs < this.#backoff.tellAfterMs) return undefined;
    return `No long connection to Feishu for ${Math.round(downMs / 1000)} s: ${EXPLAINED[discovery ?? 'unreachable']}`;
  }

  #isAppId(): boolean {
    // The SDK does not connect with any other, and tells only its log.
    return /^cli_[0-9a-fA-F]{16}$/.test(this.#appId);
  }

  #isConnected(): boolean {
    return this.#client.getConnectionStatus().state === 'connected';
  }

  #connect(): void {
    this.#triedAt = this.#now();
    // Resolves at once, and throws nothing: how it goes shows in the state.
    void this.#client.start({ eventDispatcher: this.#dispatcher });
  }

  #answered(discovery: Discovery): void {
    this.#discovery = discovery;
    if (discovery !== 'found') this.#log.warn({ discovery }, 'no address for the long connection to Feishu');
  }

  #check(): void {
    const { state } = this.#client.getConnectionStatus();
    if (state === 'connected') this.#isUp();
    else this.#isDown(state === 'failed');
  }

  #isUp(): void {
    if (!this.#wasConnected) this.#log.info('the long connection to Feishu is up');
    this.#wasConnected = true;
    this.#downSince = undefined;
    this.#failures = 0;
  }

  #isDown(givenUp: boolean): void {
    const now = this.#now();
    if (this.#wasConnected) {
      this.#log.warn('the long connection to Feishu is lost');
      this.#triedAt = now;
    }
    this.#wasConnected = false;
    this.#downSince ??= now;
    if (givenUp) {
      this.#connectLater();
    } else if (now - this.#triedAt > STUCK_MS) {
      this.#client.close({ force: true });
      this.#connect();
    }
  }

  /** Twice as long with every failure, and never at the same moment as everybody else whom the platform turned away. */
  #connectLater(): void {
    if (this.#restart) return;
    const { firstMs, mostMs, random } = this.#backoff;
    const waitMs = Math.min(mostMs, firstMs * 2 ** this.#failures) * (0.5 + random() / 2);
    this.#failures += 1;
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      this.#connect();
    }, waitMs);
  }
}

const EXPLAINED = {
  unreachable: 'the platform does not answer',
  unusable: 'the platform answers without an address that can be used',
  busy: 'the platform is busy',
  found: 'the platform has an address for it, and the connection does not come about',
};
