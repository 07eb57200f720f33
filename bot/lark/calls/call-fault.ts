import { isUnconnected } from './unconnected.ts';

/** What an answer that is no success says, cut down to what may be logged: no text of the platform, no request. */
export class CallFault extends Error {
  /** The HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** The platform's code; 0 where the answer has none. */
  readonly code: number;
  /** The card service's own code inside code 230099. */
  readonly cardCode: number | undefined;
  /** The card waits for the answer to a press. */
  readonly cardLocked: boolean;
  /** By which the platform's support finds the call. */
  readonly logId: string | undefined;
  /** For how long the platform takes no further call of this API. */
  readonly resetMs: number | undefined;
  /** The scopes of which one is missing. */
  readonly scopes: readonly string[];

  /** No connection came about, so that the call had no effect for sure. */
  readonly neverSent: boolean;
  /** What the system calls it where no answer came, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`; most often it has no name. */
  readonly system: string | undefined;

  /** @param thrown why no answer came */
  constructor(answer: Answer | undefined, thrown?: unknown) {
    const { status, headers = {}, data } = answer ?? {};
    const body = isObject(data) ? data : {};
    const text = typeof body.msg === 'string' ? body.msg : '';
    const code = typeof body.code === 'number' ? body.code : 0;
    super(`code ${code}, HTTP status ${status ?? 'none'}`);
    this.name = 'CallFault';
    this.status = status;
    this.neverSent = isUnconnected(thrown);
    this.system = nameIn(thrown);
    this.code = code;
    const cardCode = /ErrCode: ?(\d+)/.exec(text)?.[1];
    this.cardCode = cardCode === undefined ? undefined : Number(cardCode);
    this.cardLocked = /\block\b/i.test(text);
    this.logId =
      logIdOf(headers['x-tt-logid']) ?? (isObject(body.error) ? logIdOf(body.error.log_id) : undefined);
    const resetSeconds = Number(headers['x-ogw-ratelimit-reset'] ?? Number.NaN);
    this.resetMs = resetSeconds >= 0 ? Math.min(resetSeconds, LONGEST_RESET_SECONDS) * 1000 : undefined;
    this.scopes = code === SCOPE_MISSING ? [...new Set(text.match(SCOPE))] : [];
  }
}

/** Only what is one: the rest of a fault may quote the call. */
function nameIn(thrown: unknown): string | undefined {
  const { code } = isObject(thrown) ? thrown : {};
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,63}$/.test(code) ? code : undefined;
}

/** As the SDK's HTTP client gives it. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  data: unknown;
}

/** Says which scopes are missing. */
export const SCOPE_MISSING = 99991672;

const SCOPE = /\b[a-z][\w.]*(?::[\w.]+){1,3}\b/g;

/** Whatever a header says, it is asked again after that. */
const LONGEST_RESET_SECONDS = 600;

/** An answer is a success only where it says so: HTTP 2xx and code 0. */
export const isSuccess = ({ status, data }: Answer): boolean =>
  status >= 200 && status < 300 && isObject(data) && data.code === 0;

const logIdOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
