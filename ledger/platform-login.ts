import { keepSecret, readSecret, type SecretName } from './installation-secret.ts';
import type { SealingKeys } from './key-ring.ts';
import type { Rows, Store } from './store.ts';

/** How the login of a chat platform stands on which somebody has to log in by hand. */
export interface PlatformLogin {
  is: 'online' | 'scan' | 'starting' | 'resting';
  /** To be scanned by the account that the bot speaks with; whoever scans it, his account is the bot's. */
  code?: string;
  since: string;
  /** When somebody last logged in; absent: never. */
  loggedInAt?: string;
}

const nameOf = (platform: string): SecretName => `${platform}-login-key`;

/** Keeps it, sealed, for whoever may log in. */
export const keepPlatformLogin = (
  { database, keys }: Pick<Store, 'database' | 'keys'>,
  platform: string,
  login: PlatformLogin,
): Promise<void> => keepSecret(database, keys, nameOf(platform), Buffer.from(JSON.stringify(login)));

/** @returns undefined: nobody has to log in there by hand, or it never ran */
export async function readPlatformLogin(
  rows: Rows,
  { keys }: { keys: SealingKeys },
  platform: string,
): Promise<PlatformLogin | undefined> {
  const kept = await readSecret(rows, keys, nameOf(platform));
  return kept && (JSON.parse(Buffer.from(kept).toString('utf8')) as PlatformLogin);
}
