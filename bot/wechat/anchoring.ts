import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Writes remarks on contacts; what fails is tried again for as long as the login goes on. */
export interface Anchoring {
  /** @returns whether it stands there; else it was not done, or nobody knows */
  write(contact: string, remark: string): Promise<boolean>;
  /** Tries it again after pauses; a later remark for the same contact takes its place. */
  insist(contact: string, remark: string): void;
  /** The login is over: ids mean nothing any more. */
  end(): void;
}

export interface AnchoringWorld {
  setRemark(contact: string, remark: string): Promise<unknown>;
  /** Between one attempt and the next; then only once the login begins anew. */
  pausesMs: readonly number[];
  log: Logger;
}

export function openAnchoring({ setRemark, pausesMs, log }: AnchoringWorld): Anchoring {
  const over = new AbortController();
  const latest = new Map<string, string>();

  async function write(contact: string, remark: string): Promise<boolean> {
    if (over.signal.aborted) return false;
    try {
      await setRemark(contact, remark);
      if (latest.get(contact) === remark) latest.delete(contact);
      return true;
    } catch (fault) {
      log.warn({ reason: fault instanceof Error ? fault.message : '' }, 'a remark on WeChat was not set');
      return false;
    }
  }

  async function persist(contact: string, remark: string): Promise<void> {
    for (const pauseMs of pausesMs) {
      await wait(pauseMs, undefined, { signal: over.signal, ref: false });
      if (latest.get(contact) !== remark || (await write(contact, remark))) return;
    }
  }

  return {
    write(contact, remark) {
      latest.set(contact, remark);
      return write(contact, remark);
    },
    insist(contact, remark) {
      latest.set(contact, remark);
      persist(contact, remark).catch(() => undefined);
    },
    end: () => over.abort(),
  };
}
