import { measureAcknowledgements } from './acknowledge.ts';
import { measureColdStart } from './cold-start.ts';
import { measureDigest } from './digest.ts';
import { measureGrowth } from './growth.ts';
import { measureLedgerPage } from './ledger-page.ts';
import { measureMemory } from './memory.ts';
import { measureOutgoing } from './outgoing.ts';
import { measureRecusalTiming } from './recusal-timing.ts';
import { type BenchCase, benchCase } from './table.ts';
import { measureVerify } from './verify.ts';
import { measureWebhook } from './webhook.ts';
import { measureWebhookOnPostgresql } from './webhook-postgresql.ts';

/** What the cases are measured with. */
export interface Sizes {
  perSecond: number;
  seconds: number;
  entries: number;
  people: number;
  records: number;
  messages: number;
}

type Measure = (sizes: Sizes) => Promise<BenchCase | readonly BenchCase[]>;

/** In this order: the first ones measure their memory over that of a process which has done little yet. */
export const CASES: Readonly<Record<string, Measure>> = {
  'digest-10k': () => measureDigest('digest-10k', { entries: 10_000, people: 100 }),
  'digest-100k': () => measureDigest('digest-100k', { entries: 100_000, people: 1000 }),
  'digest-1m': () => measureDigest('digest-1m', { entries: 1_000_000, people: 10_000 }),
  verify: ({ records }) => measureVerify(records),
  growth: ({ entries }) => measureGrowth([1000, entries / 10, entries]),
  outgoing: () => measureOutgoing(),
  'webhook-1': () => measureWebhook(1),
  'webhook-32': () => measureWebhook(32),
  'webhook-100': () => measureWebhook(100),
  'webhook-32-postgresql-1': () => measureWebhookOnPostgresql(1),
  'webhook-32-postgresql-2': () => measureWebhookOnPostgresql(2),
  memory: ({ messages }) => measureMemory(messages),
  acknowledge: acknowledgements,
  recusal: recusalTimings,
  'ledger-page': ledgerPages,
  'cold-start': coldStarts,
};

async function acknowledgements({ perSecond, seconds }: Sizes): Promise<BenchCase[]> {
  const cases: BenchCase[] = [];
  for (const transport of ['websocket', 'webhook'] as const) {
    const { sent, acknowledged, mostMs, answeredAfterMs, ...round } = await measureAcknowledgements({
      transport,
      perSecond,
      seconds,
    });
    const more = { sent, acknowledged, 'most ms': mostMs, 'all answered after ms': answeredAfterMs };
    cases.push(benchCase(`acknowledge-${transport}`, [round], { more }));
  }
  return cases;
}

async function recusalTimings(): Promise<BenchCase[]> {
  const cases: BenchCase[] = [];
  for (const hidden of [1, 200])
    for (const { word, withoutMs, withMs, slower } of await measureRecusalTiming({ hidden, rounds: 300 })) {
      const against = 'the same words where nothing is hidden';
      const more = { 'slower in % of pairs': slower * 100 };
      const round = { p50Ms: withMs, ratio: withMs / withoutMs };
      cases.push(benchCase(`recusal-${word}-${hidden}`, [round], { against, more }));
    }
  return cases;
}

async function ledgerPages({ entries, people }: Sizes): Promise<BenchCase[]> {
  const cases: BenchCase[] = [];
  for (const size of [entries / 10, entries])
    for (const { who, view, firstMs, medianMs, nextMs } of await measureLedgerPage({ entries: size, people }))
      cases.push(
        benchCase(`ledger-page-${size}-${who}-${view}`, [{ p50Ms: medianMs }], {
          more: { 'first ms': firstMs, 'next page ms': nextMs },
        }),
      );
  return cases;
}

async function coldStarts(): Promise<BenchCase[]> {
  const measured = await measureColdStart();
  return measured.map(({ name, firstAnswerMs, mostMs, serviceMiB, wechatMiB }) =>
    benchCase(name, [{ p50Ms: firstAnswerMs, rssMiB: serviceMiB }], {
      more: { 'most ms': mostMs, ...(wechatMiB !== undefined && { 'wechaty MiB': wechatMiB }) },
    }),
  );
}
