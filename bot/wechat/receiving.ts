import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Receiver } from '../platform.ts';
import type { Acquaintances } from './acquaintances.ts';
import { openBefriending } from './befriending.ts';
import { asInbound } from './inbound.ts';
import type { Pace } from './pace.ts';
import type { Contact, FriendshipReport, MessageReport } from './protocol.ts';
import type { Supervision } from './supervision.ts';

/** WeChat does not deliver again: what cannot be stored now is tried again for as long as it is worth it. */
const PAUSES_MS = [500, 2000, 8000, 30_000];
/** Messages and requests that are being looked at; beyond it nobody types by hand. */
const MOST_AT_ONCE = 200;

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
  const { acquaintances, supervision, pace, now, log } = parts;
  const befriend = openBefriending(parts);
  let last: Promise<void> = Promise.resolve();
  let underWay = 0;
  let dropped = 0;

  /** One after the other: what somebody says is stored in the order in which he said it. */
  function inTurn(work: () => Promise<void>): void {
    if (underWay >= MOST_AT_ONCE) {
      dropped += 1;
      if (dropped === 1) log.error('more comes from WeChat than can be taken: some of it is lost');
      return;
    }
    underWay += 1;
    last = last
      .then(work)
      .catch((fault) => log.error({ err: fault }, 'something that came from WeChat is lost'))
      .finally(() => {
        underWay -= 1;
        if (underWay === 0) dropped = 0;
      });
  }

  async function take(report: MessageReport): Promise<void> {
    const { from, room } = report;
    if (room && !room.mentioned) return;
    const account = await acquaintances.accountOf(from);
    if (account !== undefined) return store(report, account);
    const told = room ? undefined : await acquaintances.stranger(from, report.text ?? '');
    if (told !== undefined) void say(from.id, told);
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

  const say = (id: string, text: string) =>
    pace
      .send(() => supervision.ask({ kind: 'say', to: { id, isRoom: false }, text }))
      .catch(({ message }: Error) => log.warn({ reason: message }, 'somebody on WeChat was not answered'));

  return {
    message: (report) => inTurn(() => take(report)),
    friendship: (report) => inTurn(() => befriend(report)),
    contacts: (contacts, isLast) => inTurn(() => acquaintances.met(contacts, isLast)),
    async settle() {
      while (underWay > 0) await last;
    },
  };
}
