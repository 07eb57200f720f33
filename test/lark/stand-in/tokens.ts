import { type Api, ApiError } from './api.ts';
import { newId } from './ids.ts';

const LIFE_MS = 7_200_000;
const REUSED_ABOVE_MS = 1_800_000;

export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
}

/** Tenant access tokens: two hours each, and the same one as long as half an hour is left of it. */
export class Tokens {
  readonly #credentials: Credentials;
  readonly #now: () => number;
  readonly #endsAt = new Map<string, number>();
  #latest: string | undefined;

  constructor(credentials: Credentials, now: () => number) {
    this.#credentials = credentials;
    this.#now = now;
  }

  readonly api: Api = {
    method: 'POST',
    path: '/open-apis/auth/v3/tenant_access_token/internal',
    open: true,
    handle: ({ body }) => {
      if (body.app_id !== this.#credentials.appId)
        throw new ApiError(10003, 'invalid param', { status: 200 });
      if (body.app_secret !== this.#credentials.appSecret) {
        throw new ApiError(10014, 'app secret invalid', { status: 200 });
      }
      const token = this.#current();
      return { tenant_access_token: token, expire: Math.floor(this.#left(token) / 1000) };
    },
  };

  /** @throws ApiError unless the header carries a token that is good */
  check(authorization: string | undefined): void {
    if (!authorization) {
      throw new ApiError(
        99991661,
        'Missing access token for authorization. Please make a request with token attached.',
      );
    }
    const token = /^Bearer (t-\S+)$/.exec(authorization)?.[1];
    if (!token) {
      throw new ApiError(
        99991671,
        "Invalid access token for authorization. The token should start with 't-' or 'u-'. Please check the authorization header.",
      );
    }
    if (this.#left(token) <= 0) {
      throw new ApiError(
        99991663,
        'Invalid access token for authorization. Please make a test attempt with another access token.',
      );
    }
  }

  revokeAll(): void {
    this.#endsAt.clear();
    this.#latest = undefined;
  }

  #current(): string {
    if (this.#latest && this.#left(this.#latest) >= REUSED_ABOVE_MS) return this.#latest;
    this.#latest = newId('t-');
    this.#endsAt.set(this.#latest, this.#now() + LIFE_MS);
    return this.#latest;
  }

  #left(token: string): number {
    return (this.#endsAt.get(token) ?? 0) - this.#now();
  }
}
