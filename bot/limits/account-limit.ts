import type { Inbound } from '../platform.ts';
import { Latest } from './latest.ts';
import { openRate, openStretches } from './rate.ts';

/** How much an account may say, and whether it has been told. */
export interface AccountLimit {
  /**
   * What was delivered before is judged as it was then, so that a redelivery of what was taken counts nothing and one of
   * what was refused is not taken behind somebody's back. A press counts each time.
   * @returns for how many milliseconds the account has to wait; nothing where this may go on
   */
  judge(inbound: Inbound): Promise<number | undefined>;
  /** @returns whether this is the first refusal after a whole stretch without one */
  isToBeTold(account: string): Promise<boolean>;
  /** It could not be told: the next refusal is told again. */
  wasNotTold(account: string): Promise<void>;
}

/** Messages whose judgement is remembered, the oldest forgotten first; a platform delivers again within minutes. */
const REMEMBERED = 10_000;

export function openAccountLimit(limit: { most: number; withinMs: number }): AccountLimit {
  const rate = openRate(limit);
  const refusals = openStretches(limit.withinMs);
  const judged = new Latest<string, Promise<number | undefined>>(REMEMBERED);
  const judgeAnew = ({ kind, key, account }: Inbound) => {
    const verdict = rate.take(account);
    if (kind === 'action') return verdict;
    judged.set(key, verdict);
    return verdict;
  };
  return {
    judge: (inbound) => judged.get(inbound.key) ?? judgeAnew(inbound),
    isToBeTold: (account) => refusals.isFirst(account),
    wasNotTold: (account) => refusals.forget(account),
  };
}
