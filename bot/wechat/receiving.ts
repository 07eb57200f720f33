import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Receiver } from '../platform.ts';
import type { Acquaintances, Login } from './acquaintances.ts';
import { openBefriending } from './befriending.ts';
import { asInbound, keyOf } from './inbound.ts';
import type { Pace } from './pace.ts';
import type { Contact, FriendshipReport, MessageReport } from './protocol.ts';
import type { Supervision } from './supervision.ts';

/** WeChat does not deliver again: what cannot be stored now is tried again for as long as it is worth it. */
const PAUSES_MS = [500, 2000, 8000, 30_000];
/** Messages and requests that are being looked at; beyond it nobody types by hand. */
const MOST_AT_ONCE = 200;
/** The same of one contact: whoever sends more loses his own, and nobody else's. */
const MOST_OF_ONE = 40;

export interface ReceivingParts {
  acquaintances: Acquaintances;
  supervision: Pick<Supervision, 'ask'>;
  pace: Pace;
  now: () => Date;
  log: Logger;
}

/** What comes in from WeChat: who is known goes on into the house, who is not goes no further. */
export interface Receiving {
  message(report: MessageReport): void;
  friendship(report: FriendshipReport): void;
  contacts(contacts: readonly Contact[], last: boolean): void;
  /** Resolves once nothing is under way. */
  settle(): Promise<void>;
}

export function openReceiving(parts: ReceivingParts, receiver: () => Receiver): Receiving {
  const { acquaintances, now, log } = parts;
  const befriend = openBefriending(parts);
  const lasts = new Map<string, Promise<void>>();
  const underWayOf = new Map<string, number>();
  let underWay = 0;
  let dropped = 0;

  /** One after the other of what one contact says: it is stored in the order in which he said it, and he keeps nobody waiting. */
  function inTurn(whose: string, work: () => Promise<void>): void {
    const ofOne = underWayOf.get(whose) ?? 0;
    if (underWay >= MOST_AT_ONCE || ofOne >= MOST_OF_ONE) {
      dropped += 1;
      if (dropped === 1) log.error('more comes from WeChat than can be taken: some of it is lost');
      return;
    }
    underWay += 1;
    underWayOf.set(whose, ofOne + 1);
    const mine = (lasts.get(whose) ?? Promise.resolve())
      .then(work)
      .catch((fault) => log.error({ err: fault }, 'something that came from WeChat is lost'))
      .finally(() => {
        underWay -= 1;
        if (underWay === 0) dropped = 0;
        underWayOf.set(whose, (underWayOf.get(whose) ?? 1) - 1);
        if (lasts.get(whose) !== mine) return;
        lasts.delete(whose);
        underWayOf.delete(whose);
      });
    lasts.set(whose, mine);
  }

  async function take(report: MessageReport, login: Login, at: Date): Promise<void> {
    const { from, room } = report;
    const account = await login.accountOf(from);
    if (account !== undefined) return store(report, account);
    if (!room) await login.stranger(from, { key: keyOf(report), text: report.text ?? '', at });
  }

  async function store(report: MessageReport, account: string): Promise<void> {
    const inbound = asInbound(report, account, now());
    for (const pauseMs of [...PAUSES_MS, undefined]) {
      try {
        return await receiver().message(inbound);
      } catch (fault) {
        if (pauseMs === undefined) throw fault;
        await wait(pauseMs);
      }
    }
  }

  return {
    message(report) {
      const { login } = acquaintances;
      const at = now();
      if (!report.room || report.room.mentioned)
        inTurn(`contact ${report.from.id}`, () => take(report, login, at));
    },
    friendship: (report) => inTurn('friendships', () => befriend(report)),
    contacts(contacts, isLast) {
      const { login } = acquaintances;
      inTurn('contacts', () => login.met(contacts, isLast));
    },
    async settle() {
      while (underWay > 0) await Promise.all(lasts.values());
    },
  };
}
