import type { Logger } from 'pino';

const EVERY_MS = 60_000;

/** Says that pushes are refused, at most once a minute for each reason: whoever floods the address must not flood the log. */
export function refusedPushes(log: Logger, now: () => Date): (reason: string) => void {
  const said = new Map<string, { at: number; since: number }>();
  return (reason) => {
    const at = now().getTime();
    const last = said.get(reason);
    if (last && at - last.at < EVERY_MS) {
      last.since += 1;
      return;
    }
    said.set(reason, { at, since: 0 });
    log.warn({ reason, before: last?.since ?? 0 }, 'a push was refused');
  };
}
