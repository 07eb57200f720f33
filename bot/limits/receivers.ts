import { answerAction } from '../answer-action.ts';
import type { House } from '../house.ts';
import type { Inbox } from '../inbox.ts';
import { messageNumber } from '../message-number.ts';
import type { ChatPlatform, Receiver } from '../platform.ts';
import { openAccountLimit } from './account-limit.ts';
import { Overfull } from './overfull.ts';
import { openStretches } from './rate.ts';
import { pressedTooOften, tellTooMany } from './tell-too-many.ts';

const MINUTE_MS = 60_000;
const FULL = '现在办理的人较多，这次操作没有生效，请稍后再试。';

/**
 * What each platform hands over to: an account that says too much is kept back before anything of it is stored, is told once, and
 * what it says is acknowledged, so that the platform does not bring it again. Counted in this process, from its start on.
 */
export function openReceivers(house: House, inbox: Inbox): (platform: ChatPlatform) => Receiver {
  const receiver = openReceiver(house, inbox);
  // Where anybody speaks as anybody, whoever is kept back goes on under another name.
  return ({ accounts }) => (accounts === 'everybody' ? receiver : limited(house, receiver));
}

/** Takes what there is room for: a message beyond it is not acknowledged, a press is answered that nothing was done. */
function openReceiver(house: House, inbox: Inbox): Receiver {
  const { log, store, wake: recorded } = house;
  const fulls = openStretches(MINUTE_MS);
  const acting = new Set<Promise<unknown>>();
  return {
    recorded,
    async message(inbound) {
      const { platform, kind } = inbound;
      if (log.isLevelEnabled('debug'))
        log.debug({ platform, kind, message: messageNumber(inbound) }, 'something came in');
      try {
        await inbox.take(inbound);
      } catch (fault) {
        if (fault instanceof Overfull && (await fulls.isFirst(platform)))
          log.error({ platform }, `${fault.message}: they are not acknowledged, and come again`);
        throw fault;
      }
    },
    async action(inbound) {
      if (acting.size >= store.rules.limits.waiting) return { toast: FULL, refused: true };
      return answerAction(house, inbound, { acting });
    },
  };
}

function limited(house: House, receiver: Receiver): Receiver {
  const most = house.store.rules.limits.messagesPerMinute;
  const limit = openAccountLimit({ most, withinMs: MINUTE_MS });
  return {
    ...receiver,
    async message(inbound) {
      const waitMs = await limit.judge(inbound);
      if (waitMs === undefined) return receiver.message(inbound);
      const { kind, platform, account } = inbound;
      if (kind === 'entered' || !(await limit.isToBeTold(account))) return;
      house.log.warn(
        { platform, message: messageNumber(inbound), waitMs },
        'an account says more than it may: it is told, and what it says until then is not taken',
      );
      try {
        await tellTooMany(house, inbound, waitMs);
      } catch (fault) {
        await limit.wasNotTold(account);
        throw fault;
      }
    },
    async action(inbound) {
      const waitMs = await limit.judge(inbound);
      if (waitMs === undefined) return receiver.action(inbound);
      return { toast: pressedTooOften(most, waitMs), refused: true };
    },
  };
}
