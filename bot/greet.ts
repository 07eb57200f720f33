import { help } from '../handlers/help.ts';
import type { Content } from '../ledger/message.ts';
import { Refusal } from '../ledger/refusal.ts';
import { ask } from './asking.ts';
import type { House } from './house.ts';
import type { Inbound } from './platform.ts';
import { type Outcome, settle, settledBefore } from './settle.ts';

const GREETING = 'greeting';

/**
 * Who opens the chat for the first time is told what he can do here; later, nothing. Whom the bureau does not know yet
 * is greeted once it does.
 */
export async function greet(house: House, inbound: Inbound, at: Date): Promise<Outcome> {
  const { store } = house;
  const asking = await ask(house, inbound, at).catch((fault: unknown) => {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  });
  const once = { job: GREETING, occurrence: `${inbound.platform}:${inbound.account}` };
  const welcome = asking && welcomed(await help.answer(asking, ''));
  return store.database.write(async (rows) => {
    const before = await settledBefore(store, rows, inbound.key);
    if (before) return before;
    const known = await rows.jobRun.findUnique({ where: { job_occurrence: once } });
    const isFirst = welcome !== undefined && known === null;
    if (isFirst) await rows.jobRun.create({ data: { ...once, ranAt: at } });
    const outcome: Outcome = { ...(isFirst && { reply: welcome }), answer: {} };
    await settle(house, rows, { inbound, person: asking?.person, outcome, at });
    return outcome;
  });
}

const welcomed = (content: Content): Content =>
  content.kind === 'notice' ? { ...content, title: '您好，我是清廉台账' } : content;
