import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { askingAs } from '../bot/asking.ts';
import { parse } from '../bot/parse.ts';
import { readEnvironment } from '../config/environment.ts';
import { handlersFor } from '../handlers/index.ts';
import { readDirectory } from '../ledger/directory.ts';
import { filing } from '../ledger/intercession/filing.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { operate } from '../ledger/operation.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Store } from '../ledger/store.ts';
import { openStore } from '../open-store.ts';
import { loadSample } from '../sample/load-sample.ts';

/** What one word takes the person named, where nothing is hidden from him and where something is. */
export interface RecusalTiming {
  word: string;
  /** Entries that are hidden from him. */
  hidden: number;
  withoutMs: number;
  withMs: number;
  /** How often, of all pairs, the answer took longer where something is hidden: 0.5 is no difference. */
  slower: number;
}

const AT = new Date('2026-11-23T02:00:00Z');
const NAMED = '唐文澜';
const REPORTER = '林砚秋';
/** Reports that he sees, in both worlds. */
const SEEN = 40;
const WARM_UP = 20;

/** Compares both worlds, in turns, so that whatever else the machine does falls on both. */
export async function measureRecusalTiming({
  hidden,
  rounds,
}: {
  hidden: number;
  rounds: number;
}): Promise<RecusalTiming[]> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-recusal-'));
  try {
    const without = await openWorld(join(folder, 'without'), 0);
    const withHidden = await openWorld(join(folder, 'with'), hidden);
    const [ref = guessed()] = withHidden.refs;
    const timings: RecusalTiming[] = [];
    for (const word of ['台账', '台账 说情', '统计', '帮助'])
      timings.push({
        word,
        hidden,
        ...(await compare(
          rounds,
          () => without.ask(word),
          () => withHidden.ask(word),
        )),
      });
    for (const word of ['查看', '核验', '受理']) {
      const guess = () => withHidden.ask(`${word} ${guessed()}`);
      const known = () => withHidden.ask(`${word} ${ref}`);
      timings.push({ word: `${word} <编号>`, hidden, ...(await compare(rounds, guess, known)) });
    }
    await without.store.database.close();
    await withHidden.store.database.close();
    return timings;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface World {
  store: Store;
  /** Of what is hidden. */
  refs: string[];
  /** As the person named. */
  ask(line: string): Promise<void>;
}

async function openWorld(folder: string, hidden: number): Promise<World> {
  const environment = readEnvironment({ DATA_DIR: folder, QINGLIAN_CONFIG: join(folder, 'rules.yaml') });
  const store = await openStore(environment, ledgers);
  await loadSample(store, AT);
  for (let count = 0; count < SEEN; count++) await file(store, '不详');
  const before = await refsIn(store);
  for (let count = 0; count < hidden; count++) await file(store, NAMED);
  const refs = (await refsIn(store)).filter((ref) => !before.includes(ref));
  const handlers = handlersFor(store.ledgers);
  const log = pino({ level: 'silent' });
  const house = { store, handlers, platforms: [], now: () => AT, log, wake: () => undefined };
  return {
    store,
    refs,
    async ask(line) {
      const directory = await readDirectory(store.database.rows);
      const [person] = directory.named(NAMED);
      if (!person) throw new Error(`The sample has no ${NAMED}`);
      const asking = askingAs(house, person, directory, AT, { platform: 'local' });
      const { handler, typed } = parse(line, handlers);
      if (!handler) throw new Error(`Nothing answers ${line}`);
      try {
        await (handler.kind === 'query' ? handler.answer(asking, typed) : handler.plan(asking, typed));
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
      }
    },
  };
}

async function file(store: Store, intercessorName: string): Promise<void> {
  const [reporter] = (await readDirectory(store.database.rows)).named(REPORTER);
  if (!reporter) throw new Error(`The sample has no ${REPORTER}`);
  await operate(store, { actor: reporter, at: AT }, (operation) =>
    filing.file(operation, reporter, {
      happenedAt: store.calendar.minuteOf(new Date(AT.getTime() - 3_600_000)),
      channel: 'phone',
      intercessorName,
      intercessorKind: 'unknown',
      stage: 'review',
      circumstances: ['lobbying'],
      content: '来电请求关照某项目。',
      reply: 'refused',
      promise: true,
    }),
  );
}

const refsIn = async ({ database }: Store): Promise<string[]> =>
  (await database.rows.entry.findMany({ where: { ledger: 'intercession' }, select: { ref: true } })).map(
    ({ ref }) => ref,
  );

/** A number that nothing has, of the form that they have. */
const guessed = (): string => `${part('A')}-${part('2')}`;

const part = (sign: string): string =>
  sign + Array.from({ length: 3 }, () => 'BCDEFGHJKM23456789'[randomInt(18)]).join('');

type Ask = () => Promise<void>;

async function compare(rounds: number, without: Ask, withHidden: Ask) {
  const tooks: [number[], number[]] = [[], []];
  for (let round = -WARM_UP; round < rounds; round++) {
    // Whoever comes second may find something warm: each is second as often as the other.
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const began = performance.now();
      await (which === 0 ? without : withHidden)();
      if (round >= 0) tooks[which].push(performance.now() - began);
    }
  }
  return {
    withoutMs: median(tooks[0]),
    withMs: median(tooks[1]),
    slower: shareOfSlower(tooks[0], tooks[1]),
  };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Mann and Whitney's statistic as a share. */
function shareOfSlower(some: readonly number[], others: readonly number[]): number {
  let slower = 0;
  for (const one of some) for (const other of others) slower += other > one ? 1 : other === one ? 0.5 : 0;
  return slower / (some.length * others.length);
}
