/** What is said where nobody was reached. */
const UNCONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whoever answered did not show that he is the platform, so that he was told nothing. Given as Node does: some 25 of OpenSSL's names. */
const UNTRUSTED =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT$|ERR_TLS_CERT_ALTNAME_INVALID$)/;

/** On a connection that was open the same may be said: by then something may have gone out. */
const AT_WORK: ReadonlySet<unknown> = new Set(['read', 'write']);

/** Whether a call failed before anything of it could go out. */
export const isUnconnected = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'code' in thrown &&
  (UNCONNECTED.has(thrown.code) || isUntrusted(thrown.code)) &&
  !('syscall' in thrown && AT_WORK.has(thrown.syscall));

/** Whether that is what is said of a certificate that is not trusted. @param code of a fault */
export const isUntrusted = (code: unknown): boolean => typeof code === 'string' && UNTRUSTED.test(code);
