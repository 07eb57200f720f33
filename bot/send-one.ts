import { type Held, refsNamed } from '../ledger/held-card.ts';
import type { Content } from '../ledger/message.ts';
import { type Address, contentOf, type OutboxRow, postpone, settleFailed } from '../ledger/outbox.ts';
import { asNotBy, settleByAnotherWay } from '../ledger/way-of-message.ts';
import type { House } from './house.ts';
import { type ChatPlatform, SendFailure, type Sent } from './platform.ts';
import type { Trip } from './routing.ts';
import type { NoteSent } from './settle-sent.ts';
import { contentFor } from './told-by-number.ts';
import { markUnreachable } from './unreachable.ts';

/** Sends a message that was taken, and sees to it that what became of it is settled. @returns whether it went out, or is to go by another way now */
export async function sendOne(house: House, trip: Trip, noteSent: NoteSent): Promise<boolean> {
  const { store } = house;
  const { row } = trip;
  let held: Held;
  let passedOver: readonly string[];
  try {
    if ('refused' in trip) throw trip.refused;
    const { platform, address } = trip.to;
    ({ passedOver } = trip.to);
    refuseDoubtful(platform, row, house.now());
    const content = await contentFor(store, row, platform.name);
    const isAnswer = row.platform !== null;
    const sending = platform.send({ id: row.id, address, content, isAnswer });
    const { messageId } = await withinSeconds(store.rules.delivery.leaseSeconds, sending);
    const { personId, createdAt: madeAt } = row;
    held = { address, messageId, personId, content, isAnswer, madeAt, sentAt: house.now() };
  } catch (fault) {
    return settleFault(house, trip, fault);
  }
  const isHeld = holdable(house, held.address, held.content);
  const went = { via: held.address.platform, notBy: asNotBy(passedOver), sentAt: house.now() };
  // Not a failure of the message: where this fails, the lease ends and it is sent again under the same id.
  noteSent({ row, went, address: held.address, ...(isHeld && { held }) });
  return true;
}

/**
 * A message that may have gone out is sent again only while the platform knows its id: after that a second copy would come.
 * It is shown as not delivered instead, so that somebody asks.
 */
function refuseDoubtful({ remembersIdsForMs }: ChatPlatform, { uncertainAt }: OutboxRow, now: Date): void {
  if (!uncertainAt || remembersIdsForMs === undefined) return;
  if (now.getTime() - uncertainAt.getTime() < remembersIdsForMs) return;
  throw new SendFailure('nobody knows whether it went out, and sending it again could double it', true);
}

/** Only who can be shown something else in the same place holds a card that is kept true; of plain words, what names an entry. */
function holdable({ platforms }: House, { platform }: Address, content: Content): boolean {
  const shows = platforms.find(({ name }) => name === platform)?.update !== undefined;
  return shows && (content.kind !== 'text' || refsNamed(content).length > 0);
}

/** @returns whether it is to go by another way now */
async function settleFault(house: House, trip: Trip, fault: unknown): Promise<boolean> {
  const { store, log } = house;
  const { row } = trip;
  const to = 'to' in trip ? trip.to : undefined;
  const reason = fault instanceof Error ? fault.message : String(fault);
  const failure = fault instanceof SendFailure ? fault : undefined;
  const lasting = failure?.lasting ?? false;
  log.warn(
    { outbox: row.id, via: to?.address.platform, attempt: row.attempts, lasting, reason },
    'a message was not delivered',
  );
  if (failure?.waitMs !== undefined && !lasting) {
    await postpone(store, row, new Date(house.now().getTime() + failure.waitMs), reason);
    return false;
  }
  const uncertain = failure?.uncertain ?? true;
  const isOver = lasting || row.attempts >= store.rules.delivery.maxAttempts;
  // What may have gone out goes by no other way; `hasOther` says so of what was uncertain before.
  const isDiverted = to?.hasOther === true && isOver && !uncertain;
  if (isDiverted)
    await settleByAnotherWay(store, row, { platform: to.address.platform, reason, at: house.now() });
  else await settleFailed(store, row, house.now(), { reason, lasting, uncertain });
  if (failure?.unreachable && to)
    await markUnreachable(house, to.address, {
      personId: row.personId,
      content: contentOf(store, row),
      reason,
    });
  if (isDiverted) house.wake();
  return isDiverted;
}

/** Nobody knows whether the platform did it. */
class NoAnswer extends SendFailure {
  override readonly uncertain = true;
}

/** After the lease somebody else may send it; a platform that never answers must not hold up everything behind it. */
async function withinSeconds(seconds: number, sending: Promise<Sent>): Promise<Sent> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new NoAnswer(`the platform did not answer within ${seconds} s`, false)),
    seconds * 1000,
  );
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}
