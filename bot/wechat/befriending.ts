import type { FriendshipReport } from './protocol.ts';
import type { ReceivingParts } from './receiving.ts';

/** A day: an account that takes in many more at once is barred. */
const MOST_FRIENDS = 30;
const DAY_MS = 86_400_000;

/** @returns accepts who asks to be a friend, in turn with what is sent; some of them at most */
export function openBefriending({ acquaintances, supervision, pace, now, log }: ReceivingParts) {
  let acceptedAt: number[] = [];
  return async (asking: FriendshipReport): Promise<void> => {
    const at = now().getTime();
    acceptedAt = acceptedAt.filter((each) => at - each < DAY_MS);
    if (acceptedAt.length >= MOST_FRIENDS || !(await acquaintances.befriends(asking))) return;
    acceptedAt.push(at);
    void pace
      .send(() => supervision.ask({ kind: 'befriend', friendshipId: asking.id }))
      .catch(({ message }: Error) => log.warn({ reason: message }, 'a friend on WeChat was not accepted'));
  };
}
