import type { JsonObject } from './json.ts';

/** A REST call that came in; the last three are known once it was answered. */
export interface ApiCall {
  readonly method: string;
  /** As it was called. */
  readonly path: string;
  /** As the documents write it, with `:message_id` and the like; undefined when there is no such API. */
  readonly api: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  /** By the clock of the stand-in. */
  readonly at: number;
  status?: number;
  code?: number;
  outcome?: 'answered' | 'hang' | 'cut' | 'lost';
}

/**
 * What happens instead of an answer. `hang`: nothing is done and nothing is ever answered. `cut`: the connection is
 * destroyed before anything is done. `lost`: it is done, and the connection is destroyed instead of an answer.
 * With `delayMs` it is done and answered that much later; a message with the same uuid is refused meanwhile (230049).
 */
export type Fault =
  | 'hang'
  | 'cut'
  | 'lost'
  | { delayMs: number }
  | { status: number; body?: unknown; headers?: Readonly<Record<string, string>> };

/** What the handler of an API is given. */
export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** JSON, or the fields of a form. */
  readonly body: JsonObject;
  /** What the form carries, where one was sent. */
  readonly files?: ReadonlyMap<string, Buffer>;
}

export interface Api {
  readonly method: string;
  /** With parameters as in `/open-apis/im/v1/messages/:message_id`. */
  readonly path: string;
  /** Any one of them will do; none are asked for when it is absent. */
  readonly scopes?: readonly string[];
  /** Takes a form; every other one takes JSON. */
  readonly takesForm?: true;
  /** Answers without a token. */
  readonly open?: true;
  /** @returns the answer beside `code` and `msg` @throws ApiError */
  handle(request: ApiRequest): JsonObject;
  /** The answer is the bytes themselves, where there are any. @throws ApiError */
  file?(request: ApiRequest): Buffer;
  /** It is going to be handled, but later. @returns what ends the waiting */
  hold?(request: ApiRequest): () => void;
}

/** The platform says no. */
export class ApiError extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What stands under `error` of the answer. */
  readonly details: JsonObject;

  constructor(
    code: number,
    message: string,
    {
      status = 400,
      headers = {},
      details = {},
    }: Partial<Pick<ApiError, 'status' | 'headers' | 'details'>> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.headers = headers;
    this.details = details;
  }
}

/** 99992402, as for a parameter that is missing or has a wrong form. */
export const badField = (field: string, description: string): ApiError =>
  new ApiError(99992402, 'field validation failed', {
    details: { field_violations: [{ field, description }] },
  });

/** A whole number of the query within bounds. */
export function wholeNumber(query: URLSearchParams, name: string, usual: number, most: number): number {
  const given = query.get(name);
  if (given === null) return usual;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1 || number > most) {
    throw badField(name, `the value must be between 1 and ${most}`);
  }
  return number;
}

/** One of the values that the query may have. */
export function choice<T extends string>(query: URLSearchParams, name: string, usual: T, ...others: T[]): T {
  const given = query.get(name) ?? usual;
  const found = [usual, ...others].find((each) => each === given);
  if (!found) throw badField(name, `${given} is not one of ${[usual, ...others].join(', ')}`);
  return found;
}
