import { CallFault } from './call-fault.ts';
import { type Deed, type Treatment, treatmentOf } from './codes.ts';
import { LarkFailure } from './lark-failure.ts';
import type { Limits } from './limits.ts';
import type { Place } from './line.ts';
import type { Pace } from './pace.ts';
import type { Problems } from './problems.ts';

/** Of the whole app, not of one API. */
export const APP = 'app';
/** Of the app's credentials. */
export const CREDENTIALS = 'credentials';

/** How long one message waits that is itself still being sent, or whose card is locked. */
const SHORT_WAIT_MS = 1000;
/** What a reset is taken for that the platform did not state. */
const UNSTATED_RESET_MS = 1000;
/** Of a waiting time: several at once are not to come back at once. */
const JITTER = 0.1;
/** It is stated in whole seconds, and may be 0. */
const SHORTEST_RESET_MS = 200;
/** An urgent message is tried again sooner after the quota was used up. */
const URGENT_QUOTA_WAIT_MS = 600_000;

export interface Means {
  pace: Pace;
  problems: Problems;
  limits: Limits;
  /** From 0 to 1. */
  random: () => number;
}

const nameOf = ({ api }: Place, { code, status, system, logId }: CallFault): string => {
  if (status === undefined) return system ? `${api}: ${system}` : api;
  return `${api}: code ${code}, HTTP status ${status}${logId ? `, log id ${logId}` : ''}`;
};

/** Does what the table of codes says about a refused call. @returns what whoever made the call is told */
export function treat(means: Means, place: Place, fault: CallFault): LarkFailure {
  const treatment = treatmentOf(fault);
  const scopes = fault.scopes.length > 0 ? ` (one of ${fault.scopes.join(', ')})` : '';
  const reason = `${treatment.meaning}${scopes}; ${nameOf(place, fault)}`;
  if (treatment.alarm) means.problems.note(isOfTheApp(treatment.deed) ? APP : place.api, reason);
  const waitMs = waitFor(means, place, fault, treatment);
  return new LarkFailure(reason, {
    code: fault.code,
    lasting: LASTING.has(treatment.deed),
    unreachable: treatment.deed === 'unreachable',
    uncertain: isUncertain(fault),
    ...(fault.cardCode === undefined ? {} : { cardCode: fault.cardCode }),
    ...(waitMs === undefined ? {} : { waitMs }),
  });
}

/** The platform may have done it: it failed on the way, or no answer came. */
const isUncertain = ({ status, neverSent }: CallFault): boolean =>
  status === undefined ? !neverSent : status >= 500;

const resetOf = ({ resetMs }: CallFault): number => Math.max(resetMs ?? UNSTATED_RESET_MS, SHORTEST_RESET_MS);

const LASTING: ReadonlySet<Deed> = new Set(['gone', 'too-old', 'unreachable', 'lasting']);

const isOfTheApp = (deed: Deed): boolean => deed === 'quota' || deed === 'halt';

function waitFor(means: Means, place: Place, fault: CallFault, { deed }: Treatment): number | undefined {
  const { pace, limits, random } = means;
  const jittered = (ms: number) => Math.ceil(ms * (1 + JITTER * random()));
  switch (deed) {
    case 'throttled':
      return pace.pause(place, jittered(resetOf(fault)));
    case 'receiver-busy':
      return jittered(pace.backOff(place));
    case 'wait':
      return jittered(SHORT_WAIT_MS);
    case 'quota':
      pace.onlyUrgent(limits.quotaPauseMs);
      return jittered(
        place.urgent ? Math.min(URGENT_QUOTA_WAIT_MS, limits.quotaPauseMs) : limits.quotaPauseMs,
      );
    case 'halt':
      pace.halt(limits.haltMs);
      return jittered(limits.haltMs);
    default:
      return undefined;
  }
}

/**
 * No token was given. A passing fault passes; a refusal means that the credentials are wrong, and that is no message's
 * fault: nothing is sent until that has changed.
 */
export function treatTokenFault(means: Means, fault: CallFault): LarkFailure {
  const place = { api: 'tenant_access_token', urgent: true };
  const { deed, meaning } = treatmentOf(fault);
  if (deed === 'again')
    return new LarkFailure(`${meaning}; ${nameOf(place, fault)}`, { code: fault.code, lasting: false });
  const waitMs = deed === 'throttled' ? resetOf(fault) : means.limits.haltMs;
  const reason =
    deed === 'throttled'
      ? `${meaning}; ${nameOf(place, fault)}`
      : `the platform refuses the app id and secret; ${nameOf(place, fault)}`;
  if (deed !== 'throttled') means.problems.note(CREDENTIALS, reason);
  means.pace.halt(waitMs);
  return new LarkFailure(reason, { code: fault.code, lasting: false, waitMs });
}

/** Anything that is not an answer of the platform is a fault of the connection. */
export const asCallFault = (thrown: unknown): CallFault =>
  thrown instanceof CallFault ? thrown : new CallFault(undefined);
