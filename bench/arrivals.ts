import { pino } from 'pino';
import { openInbox } from '../bot/inbox.ts';
import type { Store } from '../ledger/store.ts';
import { quantile } from './webhook-load.ts';

const EVERY_MS = 20;

/**
 * Messages that come in at a steady rate and are stored, as before an acknowledgement; nothing answers them.
 * @param name tells them from others
 */
export function arrivals(store: Store, name: string): { end(): Promise<number> } {
  const now = () => new Date();
  const log = pino({ level: 'silent' });
  const inbox = openInbox(
    { store, handlers: [], platforms: [], now, log, wake: () => undefined },
    () => undefined,
  );
  const eachMs: number[] = [];
  const stored: Promise<void>[] = [];
  const began = performance.now();
  let sent = 0;
  const send = async () => {
    // From when it was to come: who stops the clock stops all that wait behind it.
    const dueMs = began + sent * EVERY_MS;
    const key = `local:${name}:${sent}`;
    sent += 1;
    const said = { kind: 'message', key, platform: 'local', account: 'person-000000' } as const;
    await inbox.store({ ...said, text: '进展 Z9000001-1 示例：已完成制度修订的征求意见', at: now() });
    eachMs.push(performance.now() - dueMs);
  };
  const timer = setInterval(() => {
    while (began + sent * EVERY_MS <= performance.now()) stored.push(send());
  }, EVERY_MS / 4);
  return {
    /** @returns the time up to which 99 of 100 were stored */
    async end() {
      clearInterval(timer);
      await Promise.all(stored);
      await inbox.stop();
      await store.database.write((rows) => rows.inbox.deleteMany());
      return quantile(
        eachMs.sort((one, other) => one - other),
        0.99,
      );
    },
  };
}
