import type { Row } from '../prisma/database.ts';

type Receiver = Pick<Row.OutboxModel, 'externalId' | 'personId'>;

/** How much one receiver may have under way, and how much each has: who gets a hundred answers takes nobody else's place. */
export interface Shares {
  most: number;
  underWay: ReadonlyMap<string, number>;
}

export const WITHOUT_SHARES: Shares = { most: Number.POSITIVE_INFINITY, underWay: new Map() };

/** Whom a message goes to, as far as it is known before it has its way: what one receiver gets keeps its order. */
export const receiverOf = ({ externalId, personId }: Receiver): string => externalId ?? personId;

/** Of the messages, in their order, those with which nobody has more than his share. */
export function withinShares<One extends Receiver>(messages: readonly One[], shares: Shares): One[] {
  let { underWay } = shares;
  return messages.filter((message) => {
    underWay = withMore(underWay, [message]);
    return (underWay.get(receiverOf(message)) ?? 0) <= shares.most;
  });
}

/** Whether somebody has his share now, or with these messages: others may have been passed over. */
export const isAnyShareFull = ({ most, underWay }: Shares, taken: readonly Receiver[]): boolean =>
  receiversWithShare({ most, underWay: withMore(underWay, taken) }).length > 0;

/** Who has his share. */
export const receiversWithShare = ({ most, underWay }: Shares): string[] =>
  [...underWay].flatMap(([receiver, count]) => (count >= most ? receiver : []));

function withMore(underWay: Shares['underWay'], messages: readonly Receiver[]): Map<string, number> {
  const counts = new Map(underWay);
  for (const message of messages) {
    const receiver = receiverOf(message);
    counts.set(receiver, (counts.get(receiver) ?? 0) + 1);
  }
  return counts;
}
