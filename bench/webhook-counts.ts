import { DatabaseSync } from 'node:sqlite';
import type { StandIn } from '../test/lark/stand-in/stand-in.ts';

/** How long a slow platform takes to answer: less than any limit of a call. */
const SLOW_MS = 2000;

/** Counts what the bot sends. */
export function countAnswers(standIn: StandIn) {
  const waiting = new Map<string, () => void>();
  let count = 0;
  let isSlow = false;
  standIn.onCall = ({ method, path, body }) => {
    if (method !== 'POST' || !path.endsWith('/im/v1/messages')) return undefined;
    count += 1;
    waiting.get(String(body.receive_id))?.();
    return isSlow ? { delayMs: SLOW_MS } : undefined;
  };
  return {
    next: (account: string) => new Promise<void>((resolve) => waiting.set(account, resolve)),
    slow(slow: boolean) {
      isSlow = slow;
    },
    get count() {
      return count;
    },
  };
}

/** Reads beside the service how many records the chain has. */
export function recordsIn(file: string) {
  const database = new DatabaseSync(file, { readOnly: true });
  const last = database.prepare('SELECT MAX("seq") AS "seq" FROM "AuditRecord"');
  return {
    count: async () => Number(last.get()?.seq ?? 0),
    close: () => database.close(),
  };
}
