import type { Logger } from 'pino';
import { openRate, openStretches } from '../../bot/limits/rate.ts';
import type { Endpoint, EndpointRequest } from '../../bot/platform.ts';

export interface SourceLimits {
  requestsPerSecond: number;
  pushesPerSecond: number;
}

/** Requests are reckoned over so long. */
const STRETCH_MS = 10_000;
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** Answered so, what was taken for a proof was none. */
const UNPROVEN = new Set([400, 401, 413]);

/** How much one address may ask. */
export interface BySource {
  /** @returns for how many milliseconds it has to wait; nothing where this may go on */
  begin(source: string, call: Call): Promise<number | undefined>;
  /** @param status with which it was answered. @returns the same as `begin`: it is to be answered so instead */
  end(source: string, call: Call, status: number): Promise<number | undefined>;
}

export interface Call {
  endpoint: Endpoint | undefined;
  request: Pick<EndpointRequest, 'headers'>;
}

/** Counts what addresses ask, in this process, from its start on. */
export function openBySource({ requestsPerSecond, pushesPerSecond }: SourceLimits, log: Logger): BySource {
  const requests = openRate({ most: requestsPerSecond * (STRETCH_MS / SECOND_MS), withinMs: STRETCH_MS });
  const pushes = openRate({ most: pushesPerSecond, withinMs: SECOND_MS });
  const refusals = openStretches(MINUTE_MS);
  const claims = ({ endpoint, request }: Call) => endpoint?.claimsProof?.(request) === true;
  const taken = async (rate: typeof requests, source: string) => {
    const waitMs = await rate.take(source);
    if (waitMs !== undefined && (await refusals.isFirst(source)))
      log.warn(
        { source, waitMs },
        'an address asks more than it may: it is told to wait (if it is a proxy, name it in TRUST_PROXY)',
      );
    return waitMs;
  };
  return {
    begin: (source, call) => taken(claims(call) ? pushes : requests, source),
    end: async (source, call, status) =>
      claims(call) && UNPROVEN.has(status) ? taken(requests, source) : undefined,
  };
}
