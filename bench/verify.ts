import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { verify } from '../ledger/audit/verify.ts';
import { fillChain } from './chain-data.ts';
import { type BenchCase, benchCase, type Round } from './table.ts';
import { throwAwayStore } from './throw-away-store.ts';
import { watched } from './watched.ts';

const ROUNDS = 3;
const RAW = 'reading the same records, and one bare SHA-256 of each';

/** The whole chain verified, and every item compared with its last record. @throws Error when it does not hold */
export async function measureVerify(records: number): Promise<BenchCase> {
  await using place = await throwAwayStore();
  const written = await fillChain(place.store, place.file, records);
  const rounds: Round[] = [];
  let most = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const rawMs = hashAll(place.file, written);
    const watch = watched();
    const began = performance.now();
    const found = await verify(place.store.database.rows);
    const tookMs = performance.now() - began;
    const { memoryMiB, rssMiB } = watch.end();
    most = Math.max(most, memoryMiB);
    if (found.records !== written || found.problems.length > 0)
      throw new Error(`${found.records} of ${written} records, ${found.problems[0] ?? 'no problem'}`);
    rounds.push({ perSecond: (written / tookMs) * 1000, rssMiB, ratio: tookMs / rawMs });
  }
  return benchCase('verify', rounds, { against: RAW, more: { records: written, 'MiB over idle': most } });
}

function hashAll(file: string, expected: number): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const began = performance.now();
  const statement = database.prepare(
    'SELECT "hash", "body", "seq", "at", "actor", "action", "entryId", "sealed" FROM "AuditRecord" ORDER BY "seq"',
  );
  statement.setReturnArrays(true);
  let read = 0;
  for (const row of statement.iterate()) {
    const [given, body] = row as unknown as [Uint8Array, Uint8Array];
    if (!hash('sha256', body, 'buffer').equals(given)) throw new Error(`Record ${read + 1} does not fit`);
    read += 1;
  }
  const tookMs = performance.now() - began;
  database.close();
  if (read !== expected) throw new Error(`${read} records, expected ${expected}`);
  return tookMs;
}
