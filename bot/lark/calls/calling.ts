import { setTimeout as setTimer } from 'node:timers';
import type { Client, DefaultCache } from '../sdk.ts';
import type { CallFault } from './call-fault.ts';
import { treatmentOf } from './codes.ts';
import type { LarkApiOptions } from './lark-api.ts';
import type { Place } from './line.ts';
import { Pace } from './pace.ts';
import { Problems } from './problems.ts';
import { Token } from './token.ts';
import { APP, asCallFault, CREDENTIALS, type Means, treat, treatTokenFault } from './treat.ts';

type Request = Parameters<Client['request']>[0];

/** Makes a call as it stands. @throws CallFault */
export type Make = (request: Request, token: string) => Promise<unknown>;

export interface Calling {
  /** Makes the call when its turn has come. @returns as `LarkApi.request` @throws SendFailure */
  call<T>(place: Place, request: Request): Promise<T>;
  warmUp(): Promise<void>;
  problem(): string | undefined;
  stop(): void;
}

/** Calls with what the SDK lacks: a pace, a repair of the token, and every code treated. */
export function openCalling(
  { client, cache, make }: { client: Client; cache: DefaultCache; make: Make },
  options: LarkApiOptions,
): Calling {
  const { limits, now, log, random = Math.random } = options;
  const after = (delayMs: number, act: () => void) => {
    const timer = setTimer(act, delayMs);
    return () => clearTimeout(timer);
  };
  const means: Means = { pace: new Pace(limits, { now, after }), problems: new Problems(), limits, random };
  const token = new Token(client, cache);

  /** One line for a failed call: it says which, and how it failed. */
  const report = (api: string, startedAt: number, fault: CallFault) => {
    const { code, status, system, logId } = fault;
    const ms = Math.round(now() - startedAt);
    log.warn({ api, code, status, system, ms, logId }, 'the platform refused a call');
  };

  async function readyToken(): Promise<unknown> {
    const startedAt = now();
    try {
      const fetched = await token.ready();
      means.problems.solved(CREDENTIALS);
      return fetched;
    } catch (thrown) {
      const fault = asCallFault(thrown);
      report('tenant_access_token', startedAt, fault);
      throw treatTokenFault(means, fault);
    }
  }

  /** @param repaired the token was dropped once already */
  async function attempt<T>(place: Place, request: Request, repaired: boolean): Promise<T> {
    const used = await readyToken();
    const startedAt = now();
    try {
      const answer = (await make(request, String(used))) as T & { data?: T };
      means.pace.succeeded(place);
      means.problems.solved(APP);
      means.problems.solved(place.api);
      return answer.data ?? answer;
    } catch (thrown) {
      const fault = asCallFault(thrown);
      report(place.api, startedAt, fault);
      if (treatmentOf(fault).deed !== 'token') throw treat(means, place, fault);
      await token.drop(used);
      if (repaired) throw treat(means, place, fault);
      throw new TokenDropped();
    }
  }

  return {
    async call<T>(place: Place, request: Request): Promise<T> {
      try {
        return await means.pace.run(place, () => attempt<T>(place, request, false));
      } catch (fault) {
        if (!(fault instanceof TokenDropped)) throw fault;
        // A second call needs a turn of its own, but it does not go to the end of the line.
        return means.pace.run({ ...place, urgent: true }, () => attempt<T>(place, request, true));
      }
    },
    async warmUp() {
      await readyToken();
    },
    problem: () => means.problems.text(),
    stop: () => means.pace.stop(),
  };
}

/** The call is to be made once more, with a new token. */
class TokenDropped extends Error {}
