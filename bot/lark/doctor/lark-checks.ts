import type { Logger } from 'pino';
import type { LarkSettings } from '../../../config/environment.ts';
import type { Rows } from '../../../ledger/store.ts';
import { openLarkApi } from '../calls/lark-api.ts';
import { defaultLimits } from '../calls/limits.ts';
import { botCheck, versionCheck } from './app-checks.ts';
import type { Check } from './check.ts';
import { contactRangeCheck, peopleCheck } from './contact-checks.ts';
import { lookAt } from './looked-at.ts';
import { credentialsCheck, platformChecks } from './platform-checks.ts';
import { scopeCheck } from './scope-check.ts';
import { subscriptionChecks } from './subscription-check.ts';
import { transportCheck } from './transport-check.ts';

const CALL_MS = 5000;
/** Whoever looks once does not wait for what a service waits for. */
const LIMITS = { ...defaultLimits, haltMs: 1, quotaPauseMs: 1 };

/** What can be looked at of Feishu or Lark, in the order in which it is mended. Nothing is sent, nothing is changed. */
export function larkChecks(
  settings: LarkSettings,
  world: { now: () => Date; log: Logger; rows: () => Promise<Rows>; withNames: boolean },
): { checks: Check[]; close: () => void } {
  const { now, log, rows, withNames } = world;
  const api = openLarkApi(settings, {
    limits: LIMITS,
    timeoutMs: CALL_MS,
    now: () => performance.now(),
    log,
  });
  const looked = lookAt(settings, { api, now, rows, withNames });
  const checks = [
    ...platformChecks(looked),
    credentialsCheck(looked),
    botCheck(looked),
    versionCheck(looked),
    scopeCheck(looked),
    ...subscriptionChecks(looked),
    transportCheck(looked),
    contactRangeCheck(looked),
    peopleCheck(looked),
  ];
  return { checks, close: () => api.stop() };
}
