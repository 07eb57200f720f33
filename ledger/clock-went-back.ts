import type { Rows, Store } from './store.ts';

/**
 * The clock is behind what it showed before: what was put in line meanwhile would wait until it is there again. It waits
 * from now on as long as it was to wait then; whoever took something has it for no longer than a lease; what failed is
 * tried again.
 * @returns how many messages were pulled to the present
 */
export async function pullToPresent(store: Store, now: Date): Promise<number> {
  const { leaseSeconds, maxBackoffSeconds } = store.rules.delivery;
  const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const waiting = { state: 'waiting' };
  if (!(await isAhead(store, now))) return 0;
  return store.database.write(async (rows) => {
    const pulled = await pullThoseMadeAhead(rows, now);
    await rows.outbox.updateMany({
      where: { ...waiting, leaseUntil: { gt: inSeconds(leaseSeconds) } },
      data: { leaseUntil: inSeconds(leaseSeconds) },
    });
    await rows.outbox.updateMany({
      where: { ...waiting, uncertainAt: { gt: now } },
      data: { uncertainAt: now },
    });
    const { count } = await rows.outbox.updateMany({
      where: { ...waiting, attempts: { gt: 0 }, notBefore: { gt: inSeconds(maxBackoffSeconds) } },
      data: { notBefore: now },
    });
    return pulled + count;
  });
}

/** Whether anything waits that was made, taken or tried later than now. */
async function isAhead({ database, rules }: Store, now: Date): Promise<boolean> {
  const { leaseSeconds, maxBackoffSeconds } = rules.delivery;
  const later = (seconds: number) => ({ gt: new Date(now.getTime() + seconds * 1000) });
  const ahead = [
    { createdAt: later(0) },
    { leaseUntil: later(leaseSeconds) },
    { attempts: { gt: 0 }, notBefore: later(maxBackoffSeconds) },
  ];
  const where = { state: 'waiting', OR: ahead };
  return (await database.rows.outbox.findFirst({ where, select: { id: true } })) !== null;
}

async function pullThoseMadeAhead(rows: Rows, now: Date): Promise<number> {
  const ahead = await rows.outbox.findMany({
    where: { state: 'waiting', createdAt: { gt: now } },
    select: { id: true, createdAt: true, notBefore: true },
  });
  const byWait = Map.groupBy(ahead, ({ createdAt, notBefore }) =>
    Math.max(0, notBefore.getTime() - createdAt.getTime()),
  );
  for (const [waitMs, alike] of byWait) {
    const ids = alike.map(({ id }) => id);
    for (let from = 0; from < ids.length; from += AT_ONCE)
      await rows.outbox.updateMany({
        where: { id: { in: ids.slice(from, from + AT_ONCE) } },
        data: { createdAt: now, notBefore: new Date(now.getTime() + waitMs) },
      });
  }
  return ahead.length;
}

/** Messages that one statement takes: SQLite has a limit of what it can be handed. */
const AT_ONCE = 500;
