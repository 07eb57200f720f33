import { randomUUID } from 'node:crypto';
import type { Environment } from '../config/environment.ts';
import { readDirectory } from '../ledger/directory.ts';
import { entriesFor } from '../ledger/entry.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { operate } from '../ledger/operation.ts';
import type { Store } from '../ledger/store.ts';
import { openStore } from '../open-store.ts';
import { loadSample } from '../sample/load-sample.ts';

/** What every seeded record says, by its ref: a word of its own. */
export type Seeded = ReadonlyMap<string, string>;

/** Records of one transaction. */
const BATCH = 200;
const REPORTER = '江暮云';

/** The sample bureau with so many reports that nobody was told of, in a database that no program has open. */
export async function seedRecords(environment: Environment, most: number, at: Date): Promise<Seeded> {
  const store = await openStore(environment, ledgers);
  try {
    await loadSample(store, at);
    const seeded = new Map<string, string>();
    for (let from = 0; from < most; from += BATCH)
      await seedBatch(store, at, from, Math.min(most, from + BATCH), seeded);
    return seeded;
  } finally {
    await store.database.close();
  }
}

async function seedBatch(store: Store, at: Date, from: number, to: number, seeded: Map<string, string>) {
  const directory = await readDirectory(store.database.rows);
  const reporter = directory.named(REPORTER)[0] ?? directory.people[0];
  if (!reporter) throw new Error('There is nobody in the sample bureau');
  await operate(store, { actor: reporter, at }, async (operation) => {
    for (let number = from; number < to; number++) {
      const token = randomUUID();
      const ref = `9${String(number).padStart(7, '0')}`.replace(/^(.{4})/, '$1-');
      await operation.create({
        ledger: 'intercession',
        ref,
        state: 'submitted',
        title: '说情打招呼记录',
        data: { late: false },
        contents: { report: { content: `示例：来电请求关照（${token}）` }, supplements: [] },
        people: { reporter: [reporter.id] },
        values: { content: `示例：${token}` },
        receipt: true,
      });
      seeded.set(ref, token);
    }
  });
}

/** Opens every seeded record, its history and all. @returns what is lost or does not say what it said, in words */
export async function unreadable(store: Store, seeded: Seeded): Promise<string[]> {
  const entries = entriesFor(store, store.database.rows, 'bureau');
  const found = new Map((await entries.list({ ledger: 'intercession' })).map((entry) => [entry.ref, entry]));
  const problems: string[] = [];
  for (const [ref, token] of seeded) {
    const entry = found.get(ref);
    const contents = entry && JSON.stringify(entries.readable(entry)?.contents);
    if (!contents?.includes(token)) problems.push(`${ref} does not say what was filed`);
    const [filed] = entry ? await entries.history(entry) : [];
    if (!JSON.stringify(filed?.values ?? {}).includes(token)) problems.push(`${ref} has lost its first step`);
  }
  return problems;
}
