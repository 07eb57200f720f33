import { operate } from '../ledger/operation.ts';
import { type BenchCase, benchCase, median, type Round } from './table.ts';
import { type ThrowAwayStore, throwAwayStore } from './throw-away-store.ts';
import { fill } from './weekly-data.ts';

const ROUNDS = 7;
const EACH = 60;
const PEOPLE = 1000;
const AT = Date.UTC(2026, 10, 23, 2, 0);

/** What one record costs in a ledger of each size: an item moved on, sealed note, audit record and notice to who answers for it. */
export async function measureGrowth(sizes: readonly number[]): Promise<BenchCase[]> {
  await using places = new AsyncDisposableStack();
  const ledgers: Filled[] = [];
  for (const entries of sizes) {
    const place = places.use(await throwAwayStore());
    await fill(place.store, { entries, people: Math.min(entries, PEOPLE) });
    ledgers.push({ place, entries, next: 0, rounds: [] });
  }
  for (const ledger of ledgers) await recordSome(ledger);
  for (let round = 0; round < ROUNDS; round++) {
    const [least] = ledgers;
    let leastMs = 0;
    for (const ledger of ledgers) {
      const eachMs = await recordSome(ledger);
      const p50Ms = median(eachMs);
      if (ledger === least) leastMs = p50Ms;
      const perSecond = (eachMs.length / eachMs.reduce((sum, ms) => sum + ms, 0)) * 1000;
      const p99Ms = eachMs.sort((one, other) => one - other).at(-1) ?? 0;
      ledger.rounds.push({ perSecond, p50Ms, p99Ms, ratio: p50Ms / leastMs });
    }
  }
  const against = `the same in a ledger of ${sizes[0]} entries`;
  return ledgers.map(({ entries, rounds }) => benchCase(`growth-${entries}`, rounds, { against }));
}

interface Filled {
  place: ThrowAwayStore;
  entries: number;
  next: number;
  rounds: Round[];
}

async function recordSome(ledger: Filled): Promise<number[]> {
  const { store } = ledger.place;
  const eachMs: number[] = [];
  for (let done = 0; done < EACH; done++) {
    // Spread over the whole ledger, as people's items are.
    const index = Math.floor(((ledger.next * 0.618034) % 1) * ledger.entries);
    ledger.next += 1;
    const ref = `Z9${String(Math.floor(index / 100)).padStart(6, '0')}-${index % 100}`;
    const began = performance.now();
    await operate(store, { actor: 'job:示例', at: new Date(AT + ledger.next * 1000) }, async (operation) => {
      const entry = await operation.entries.get(ref);
      const values = { text: '示例：已完成制度修订的征求意见，并报请党组会审议。'.repeat(10) };
      const changed = await operation.change(entry, { state: entry.state }, { action: '进展', values });
      const content = { kind: 'text', text: '示例：收到' } as const;
      const notice = { to: { part: 'responsible' }, content } as const;
      await operation.notify(changed, notice, `growth:${ledger.next}`);
    });
    eachMs.push(performance.now() - began);
  }
  return eachMs;
}
