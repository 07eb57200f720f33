import { DatabaseSync } from 'node:sqlite';
import { runJob } from '../jobs/run.ts';
import { weeklyCard } from '../jobs/weekly-card.ts';
import { arrivals } from './arrivals.ts';
import { type BenchCase, benchCase, median, type Round } from './table.ts';
import { throwAwayStore } from './throw-away-store.ts';
import { watched } from './watched.ts';
import { fill, type Size } from './weekly-data.ts';

const ROUNDS = 5;
const FIRST_MONDAY = Date.UTC(2026, 9, 12, 1, 30);
const WEEK_MS = 7 * 86_400_000;
/** For so long messages come in while there is no digest. */
const ALONE_MS = 3000;
const RAW = 'the lines of the same cards by one indexed statement a person, nothing made of them';
const OPEN = 'AND e."closedAt" IS NULL';

/** The weekly cards of a large bureau, each sealed and in line; and people who write meanwhile. @throws Error when cards are missing */
export async function measureDigest(name: string, size: Size): Promise<BenchCase> {
  await using place = await throwAwayStore();
  const { store, file } = place;
  await fill(store, size);
  // The first round compiles and fills what is kept in memory, on both sides.
  await oneRound(0);
  const rounds: Measured[] = [];
  for (let round = 1; round <= ROUNDS; round++) rounds.push(await oneRound(round));
  const middle = (of: (each: Measured) => number) => median(rounds.map(of));
  return benchCase(name, rounds, {
    against: RAW,
    more: {
      'raw ms': middle(({ rawMs }) => rawMs),
      'raw ms among what is open': middle(({ openMs }) => openMs),
      'job ms': middle(({ jobMs }) => jobMs),
      'MiB over idle': Math.max(...rounds.map(({ memoryMiB }) => memoryMiB)),
      'longest stop ms': middle(({ stopMs }) => stopMs),
      'worst longest stop ms': Math.max(...rounds.map(({ stopMs }) => stopMs)),
      'a message stored meanwhile, p99 ms': middle(({ meanwhileMs }) => meanwhileMs),
      'without, p99 ms': middle(({ aloneMs }) => aloneMs),
    },
  });

  async function oneRound(round: number): Promise<Measured> {
    const { lines, rawMs } = fetchLines(file);
    const open = fetchLines(file, OPEN);
    const alone = arrivals(store, `alone-${round}`);
    await new Promise((done) => setTimeout(done, ALONE_MS));
    const aloneMs = await alone.end();
    const quiet = await onlyJob(round * 2);
    const meanwhile = arrivals(store, `meanwhile-${round}`);
    await onlyJob(round * 2 + 1);
    const meanwhileMs = await meanwhile.end();
    const perSecond = (quiet.cards / quiet.jobMs) * 1000;
    return {
      ...quiet,
      perSecond,
      ratio: quiet.jobMs / rawMs,
      rawMs,
      openMs: open.rawMs,
      lines,
      aloneMs,
      meanwhileMs,
    };
  }

  async function onlyJob(week: number) {
    const watch = watched();
    const began = performance.now();
    const cards = await runJob(store, weeklyCard, new Date(FIRST_MONDAY + week * WEEK_MS));
    const jobMs = performance.now() - began;
    if (cards !== size.people) throw new Error(`${cards} cards for ${size.people} people`);
    return { cards, jobMs, ...watch.end() };
  }
}

interface Measured extends Round {
  lines: number;
  rawMs: number;
  /** The same, looking among what is open alone. */
  openMs: number;
  jobMs: number;
  memoryMiB: number;
  stopMs: number;
  aloneMs: number;
  meanwhileMs: number;
}

function fetchLines(file: string, also = ''): { lines: number; rawMs: number } {
  const database = new DatabaseSync(file, { readOnly: true });
  const began = performance.now();
  const statement = database.prepare(`
    SELECT e."ref", e."state", e."title", e."dueOn", e."data" FROM "EntryPerson" p CROSS JOIN "Entry" e
    WHERE p."personId" = ? AND p."part" = 'responsible' AND e."id" = p."entryId" AND e."ledger" = 'rectification'
      AND e."state" IN ('assigned', 'signed', 'progressing', 'returned') ${also}
      AND NOT EXISTS (SELECT 1 FROM "Entry" c WHERE c."ledger" = e."ledger" AND c."parentId" = e."id")
    ORDER BY e."createdAt", e."position", e."id"`);
  let lines = 0;
  for (const { id } of database.prepare('SELECT "id" FROM "Person" WHERE "active"').all())
    lines += statement.all(String(id)).length;
  const rawMs = performance.now() - began;
  database.close();
  return { lines, rawMs };
}
