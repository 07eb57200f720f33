import type { Logger } from 'pino';
import { keepSecret, readSecret, type SecretName } from '../../ledger/installation-secret.ts';
import type { Store } from '../../ledger/store.ts';
import { inRounds } from '../rounds.ts';
import type { Session } from './protocol.ts';

const NAME = 'wechat-session-key' satisfies SecretName;

/** What the puppet remembers of its login, sealed in the record: whoever has it speaks as the bot's account. */
export interface KeptSession {
  read(): Promise<Session>;
  /** Kept with the next commit; of several the latest. */
  changed(session: Session): void;
  /** Resolves once what changed is kept. */
  settle(): Promise<void>;
}

export function openKeptSession({ database, keys }: Store, log: Logger): KeptSession {
  let pending: string | undefined;
  let kept: string | undefined;
  const keep = inRounds(async () => {
    const session = pending;
    pending = undefined;
    if (session === undefined || session === kept) return;
    await keepSecret(database, keys, NAME, Buffer.from(session));
    kept = session;
  });
  return {
    async read() {
      await keep();
      const secret = await readSecret(database.rows, keys, NAME);
      return secret ? (JSON.parse(Buffer.from(secret).toString('utf8')) as Session) : {};
    },
    changed(session) {
      pending = JSON.stringify(session);
      keep().catch((fault) => log.error({ err: fault }, 'the WeChat session was not kept'));
    },
    settle: () => keep(),
  };
}
