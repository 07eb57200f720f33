import { type Client, CTenantAccessToken, type DefaultCache } from '../sdk.ts';

/** The app's token: fetched once however many ask for it, and dropped where the platform no longer knows it. */
export class Token {
  readonly #client: Client;
  readonly #cache: DefaultCache;
  #fetching: Promise<unknown> | undefined;

  /** @param cache the one that the client was given */
  constructor(client: Client, cache: DefaultCache) {
    this.#client = client;
    this.#cache = cache;
  }

  /** Sees to it that the client has a token. @returns the token */
  async ready(): Promise<unknown> {
    const cached = await this.#cache.get(CTenantAccessToken, { namespace: this.#client.appId });
    if (cached) return cached;
    this.#fetching ??= this.#client.tokenManager.getTenantAccessToken().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  /** Forgets the token that the platform refused, unless another one took its place already. */
  async drop(refused: unknown): Promise<void> {
    const namespace = this.#client.appId;
    if ((await this.#cache.get(CTenantAccessToken, { namespace })) !== refused) return;
    await this.#cache.set(CTenantAccessToken, '', LONG_AGO, { namespace });
  }
}

/** Any instant that is past: the cache takes 0 as never. */
const LONG_AGO = 1;
