import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { readEnvironment } from '../config/environment.ts';
import { runJob } from '../jobs/run.ts';
import { weeklyCard } from '../jobs/weekly-card.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { openStore } from '../open-store.ts';
import { fill, type Size } from './weekly-data.ts';

/** The weekly cards of a large bureau, beside the bare fetching of the lines that stand on them. */
export interface WeeklyFigures extends Size {
  /** Lines that all cards have together. */
  lines: number;
  cards: number;
  /** Medians of the rounds. */
  rawMs: number;
  jobMs: number;
  ratio: number;
  /** The most that the process held over what it held before. */
  memoryMiB: number;
  /** The longest time for which nobody was heard. */
  stopMs: number;
}

const ROUNDS = 3;
const FIRST_MONDAY = Date.UTC(2026, 10, 23, 1, 30);
const WEEK_MS = 7 * 86_400_000;

/** @throws Error when the cards do not have all lines */
export async function measureWeekly(size: Size): Promise<WeeklyFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-bench-'));
  const environment = readEnvironment({ DATA_DIR: folder, QINGLIAN_CONFIG: join(folder, 'none.yaml') });
  const store = await openStore(environment, ledgers);
  try {
    await fill(store, size);
    const rounds: Omit<WeeklyFigures, 'ratio' | keyof Size>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const raw = fetchLines(join(folder, 'qinglian.db'));
      const watch = watched();
      const began = performance.now();
      const cards = await runJob(store, weeklyCard, new Date(FIRST_MONDAY + round * WEEK_MS));
      rounds.push({ ...raw, cards, jobMs: performance.now() - began, ...watch.end() });
    }
    return summed(size, rounds);
  } finally {
    await store.database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function summed(size: Size, rounds: readonly Omit<WeeklyFigures, 'ratio' | keyof Size>[]): WeeklyFigures {
  const [first] = rounds;
  if (!first || rounds.some(({ cards }) => cards !== first.cards))
    throw new Error('The rounds differ in their cards');
  const median = (of: (round: (typeof rounds)[number]) => number) =>
    rounds.map(of).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  const [rawMs, jobMs] = [median((round) => round.rawMs), median((round) => round.jobMs)];
  return {
    ...size,
    lines: first.lines,
    cards: first.cards,
    rawMs,
    jobMs,
    ratio: jobMs / rawMs,
    memoryMiB: Math.max(...rounds.map(({ memoryMiB }) => memoryMiB)),
    stopMs: Math.max(...rounds.map(({ stopMs }) => stopMs)),
  };
}

/** The same lines, one indexed statement a person, nothing made of them. */
function fetchLines(file: string): { lines: number; rawMs: number } {
  const database = new DatabaseSync(file, { readOnly: true });
  const began = performance.now();
  const statement = database.prepare(`
    SELECT e."ref", e."state", e."title", e."dueOn", e."data" FROM "EntryPerson" p CROSS JOIN "Entry" e
    WHERE p."personId" = ? AND p."part" = 'responsible' AND e."id" = p."entryId" AND e."ledger" = 'rectification'
      AND e."state" IN ('assigned', 'signed', 'progressing', 'returned')
      AND NOT EXISTS (SELECT 1 FROM "Entry" c WHERE c."ledger" = e."ledger" AND c."parentId" = e."id")
    ORDER BY e."createdAt", e."position", e."id"`);
  let lines = 0;
  for (const { id } of database.prepare('SELECT "id" FROM "Person" WHERE "active"').all())
    lines += statement.all(String(id)).length;
  const rawMs = performance.now() - began;
  database.close();
  return { lines, rawMs };
}

const SAMPLE_MS = 5;

/** Watches the process until the end: its memory, and for how long it heard nobody. */
function watched(): { end(): { memoryMiB: number; stopMs: number } } {
  const before = process.memoryUsage.rss();
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  return {
    end() {
      clearInterval(sampling);
      delay.disable();
      return { memoryMiB: (most - before) / 2 ** 20, stopMs: delay.max / 1e6 };
    },
  };
}
