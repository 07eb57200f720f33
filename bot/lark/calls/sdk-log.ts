import type { Logger } from 'pino';
import { CallFault } from './call-fault.ts';

/**
 * What the SDK logs with. Its own lines carry the app's secret, tokens and what messages say; of them nothing is kept
 * but that there was one, and the code.
 */
export function sdkLog(log: Logger) {
  const keep = (...said: unknown[]) => {
    const fault = said.flat(Number.POSITIVE_INFINITY).find((part) => part instanceof CallFault);
    log.debug(
      fault ? { code: fault.code, logId: fault.logId } : {},
      'the SDK of the platform said something',
    );
  };
  return { error: keep, warn: keep, info: keep, debug: keep, trace: keep };
}
