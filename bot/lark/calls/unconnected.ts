/** What is said where nobody was reached. */
const UNCONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** On a connection that was open the same may be said: by then something may have gone out. */
const AT_WORK: ReadonlySet<unknown> = new Set(['read', 'write']);

/** Whether a call failed before anything of it could go out. */
export const isUnconnected = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'code' in thrown &&
  UNCONNECTED.has(thrown.code) &&
  !('syscall' in thrown && AT_WORK.has(thrown.syscall));
