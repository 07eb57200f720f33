import { qrPng } from '../../ledger/qr.ts';
import { asText } from '../as-text.ts';
import { type OutgoingMessage, SendFailure, type Sent } from '../platform.ts';
import type { Acquaintances } from './acquaintances.ts';
import type { Pace } from './pace.ts';
import type { Conversation } from './protocol.ts';
import { NotDone } from './requests.ts';
import type { Supervision } from './supervision.ts';

/** WeChat gives no proof of delivery, and knows no message again. */
class Unsure extends SendFailure {
  override readonly uncertain = true;
}

/** The account is no friend any more, or his id is another since the last login. */
class NotFound extends SendFailure {
  override readonly unreachable = true;
}

/** While nobody is logged in, it is asked again after so long. */
const OFFLINE_MS = 60_000;
/** Pieces that may wait before an answer: at three seconds each they are out before its lease ends. */
const MOST_WAITING = 6;
/** Why a message was put off that waits for nothing but its turn. */
export const BUSY = 'WeChat sends slowly';
/** What was sent is known again for as long as the process lives, as far as it is among the last. */
const REMEMBERED = 1000;

export interface SendingParts {
  supervision: Pick<Supervision, 'ask' | 'state'>;
  acquaintances: Pick<Acquaintances, 'contactOf'>;
  pace: Pace;
  /** How long what nobody waits for makes room for what somebody does. */
  busyMs: number;
}

/** @returns sends one message, as one or several of WeChat's. @throws SendFailure */
export function openSending({ supervision, acquaintances, pace, busyMs }: SendingParts) {
  const sent = new Map<string, Promise<Sent>>();

  async function goOut({ id, address, content, isAnswer }: OutgoingMessage): Promise<Sent> {
    if (supervision.state.is !== 'online')
      throw new SendFailure('WeChat is not logged in', false, OFFLINE_MS);
    // What nobody waits for goes only when nothing else does.
    if (pace.waiting > (isAnswer ? MOST_WAITING : 0)) throw new SendFailure(BUSY, false, busyMs);
    const to = await destination(address);
    const { texts, qrs } = asText(content);
    const pictures = await Promise.all(qrs.map(qrPng));
    let out = 0;
    const one = async (work: () => Promise<unknown>) => {
      await pace.send(work).catch((fault: unknown) => {
        throw failureOf(fault, out > 0);
      });
      out += 1;
    };
    for (const text of texts) await one(() => supervision.ask({ kind: 'say', to, text }));
    // The text says the same: what was told is not told again for want of a picture.
    for (const png of pictures)
      await one(() => supervision.ask({ kind: 'send-file', to, name: '二维码.png' }, png)).catch(
        () => undefined,
      );
    return { messageId: id };
  }

  async function destination({ externalId, isGroup }: OutgoingMessage['address']): Promise<Conversation> {
    if (isGroup) return { id: externalId, isRoom: true };
    const id = await acquaintances.contactOf(externalId);
    if (id === undefined) throw new NotFound('not among the contacts', true);
    return { id, isRoom: false };
  }

  return (message: OutgoingMessage): Promise<Sent> => {
    const known = sent.get(message.id);
    if (known) return known;
    const going = goOut(message);
    sent.set(message.id, going);
    // What certainly did not go out may be tried again.
    going.catch((fault) => {
      if (!(fault instanceof Unsure)) sent.delete(message.id);
    });
    const [oldest] = sent.keys();
    if (sent.size > REMEMBERED && oldest !== undefined) sent.delete(oldest);
    return going;
  };
}

/** @param isHalfOut some of it went out before */
function failureOf(fault: unknown, isHalfOut: boolean): unknown {
  if (!(fault instanceof NotDone)) return fault;
  const { message, why } = fault;
  if (isHalfOut || why === 'fault' || why === 'lost') return new Unsure(message, false);
  if (why === 'stranger') return new NotFound(message, true);
  return new SendFailure(message, false, OFFLINE_MS);
}
