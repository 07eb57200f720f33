import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Lead } from './lead.ts';

/** Whoever holds it leads. Of our own choosing. */
const LEAD_LOCK = 20_261_128;
const CHANNEL = 'qinglian';
/** How soon another takes over, and how soon it shows that the lead is lost. */
const LOOK_EVERY_MS = 1000;
const ANSWER_WITHIN_MS = 5000;

/**
 * The lead is a lock of a connection: it ends with the connection, and that with the process, however it ends. Over the same
 * connection the other instances call.
 */
export class PostgresqlLead implements Lead {
  readonly #url: string;
  readonly #closing = new AbortController();
  #client: pg.Client | undefined;
  #isOurs = false;
  #isCalling = false;
  #watching: Promise<void> = Promise.resolve();
  #called: () => void = () => undefined;
  #change: (leads: boolean) => Promise<void> = async () => undefined;

  constructor(url: string) {
    this.#url = url;
  }

  get isOurs(): boolean {
    return this.#isOurs;
  }

  async follow(change: (leads: boolean) => Promise<void>): Promise<void> {
    this.#change = change;
    await this.#look();
    this.#watching = this.#watch();
  }

  call(): void {
    if (this.#isOurs || this.#isCalling || !this.#client) return;
    this.#isCalling = true;
    this.#client
      .query(`NOTIFY ${CHANNEL}`)
      // Whoever leads looks by himself every few seconds.
      .catch(() => undefined)
      .finally(() => {
        this.#isCalling = false;
      });
  }

  onCall(called: () => void): void {
    this.#called = called;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#watching;
    await this.#letGo();
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.#look().catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    const isHeld = await this.#holds().catch(async () => {
      await this.#letGo();
      return false;
    });
    if (isHeld === this.#isOurs) return;
    this.#isOurs = isHeld;
    await this.#change(isHeld);
  }

  /** Whether this instance holds the lead, over a connection that answers. */
  async #holds(): Promise<boolean> {
    this.#client ??= await connected(this.#url, () => this.#called());
    if (this.#isOurs) return this.#client.query('SELECT 1').then(() => true);
    const asked = 'SELECT pg_try_advisory_lock($1) AS got';
    const { rows } = await this.#client.query<{ got: boolean }>(asked, [LEAD_LOCK]);
    return rows[0]?.got === true;
  }

  /** What does not answer is given up: the next look is over a new connection. */
  async #letGo(): Promise<void> {
    const former = this.#client;
    this.#client = undefined;
    await former?.end().catch(() => undefined);
  }
}

async function connected(url: string, called: () => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
  });
  // It shows at the next look.
  client.on('error', () => undefined);
  client.on('notification', called);
  await client.connect();
  await client.query(`LISTEN ${CHANNEL}`);
  return client;
}
