/**
 * The platform's own time of an event. It writes seconds, milliseconds or microseconds, by the event, and only the
 * length tells which. A time to come, or none that can be read, is `now`; an old one stays: what could not be delivered
 * comes up to seven hours later.
 */
export function eventTime(written: unknown, now: Date): Date {
  const digits = String(written ?? '');
  if (!/^\d{9,17}$/.test(digits)) return now;
  const ms = Math.floor(Number(digits) * unitInMs(digits.length));
  return ms < now.getTime() ? new Date(ms) : now;
}

function unitInMs(length: number): number {
  if (length <= 11) return 1000;
  return length <= 14 ? 1 : 0.001;
}
