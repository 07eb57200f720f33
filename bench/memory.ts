import { type BenchCase, benchCase } from './table.ts';
import { openWebhookBureau } from './webhook-bureau.ts';
import { drive } from './webhook-load.ts';

const SENDERS = 32;
/** Of each sender at once: what waits to be pushed stands in this process, not in the one that is measured. */
const EACH = 25;
const FIRST_PART = 0.1;

/** What the program holds after all messages over what it held after the first tenth of them, each answered. */
export async function measureMemory(messages: number): Promise<BenchCase> {
  const bureau = await openWebhookBureau();
  try {
    const began = performance.now();
    let sent = 0;
    const upTo = async (count: number): Promise<number> => {
      let most = 0;
      while (sent < count) {
        await drive(bureau.urls, bureau.said(SENDERS, EACH), ({ account }) => bureau.answerTo(account));
        sent += SENDERS * EACH;
        most = (await bureau.watched()).rssMiB;
      }
      return most;
    };
    const firstMiB = await upTo(messages * FIRST_PART);
    const lastMiB = await upTo(messages);
    const perSecond = (sent / (performance.now() - began)) * 1000;
    return benchCase('memory', [{ perSecond, rssMiB: lastMiB, ratio: lastMiB / firstMiB }], {
      against: `the same process after ${Math.round(messages * FIRST_PART)} messages`,
      more: { messages: sent, 'MiB after the first tenth': firstMiB },
    });
  } finally {
    await bureau.close();
  }
}
