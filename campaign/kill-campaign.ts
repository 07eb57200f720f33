import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ChatClient } from '../bot/local/chat-client.ts';
import { readEnvironment } from '../config/environment.ts';
import { readDatabase } from '../prisma/read-database.ts';
import { ChatWithAny } from './chat-with-any.ts';
import { type Violations, violationsIn } from './checks.ts';
import type { Journal } from './journal.ts';
import { type Load, startLoad } from './load.ts';
import { type Random, randomFrom } from './random.ts';
import { readRecord, type ServiceRecord } from './record.ts';
import { type Ending, freePort, RunningProgram, type Variables } from './running-program.ts';

export interface KillOptions {
  kills: number;
  seed: number;
  /** An empty database on PostgreSQL; absent: a SQLite file of its own. */
  databaseUrl?: string;
  /** On PostgreSQL there may be more than one. */
  instances?: number;
  say?(sentence: string): void;
}

/** How it went. */
export interface CampaignReport {
  kills: number;
  tookMs: number;
  journal: Journal;
  record: ServiceRecord;
  endings: Ending[];
  violations: Violations;
  /** From each start that was not killed until it was ready. */
  servesAgainMs: number[];
}

/**
 * What a killed process had taken to send is free again after seconds, not after a minute, and what failed is not put off for
 * longer than that. All the people are at one address, and ask more than people can.
 */
export const RULES =
  'delivery:\n  leaseSeconds: 5\n  maxBackoffSeconds: 5\nlimits:\n  requestsPerSecond: 100000\n';
/** How often the program is killed again while it is still starting. */
const KILLED_AT_START = 0.2;
/** How often all instances are killed at once. */
const ALL_KILLED = 0.2;
const SETTLED_WITHIN_MS = 120_000;
const STOPPED_WITHIN_MS = 10_000;
const SAID_EVERY = 20;

/**
 * Kills the running program at random moments while people work with it, the first time during its very first start,
 * then lets it finish, stops it, and compares what people were told with what stands in its database.
 */
export async function runKillCampaign(options: KillOptions): Promise<CampaignReport> {
  const begun = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-kill-'));
  await using disposing = new AsyncDisposableStack();
  disposing.defer(() => rm(folder, { recursive: true, force: true }));
  const { databaseUrl, instances = 1 } = options;
  const variables = { ...(await settingsIn(folder)), ...(databaseUrl && { DATABASE_URL: databaseUrl }) };
  const programs = [disposing.use(new RunningProgram(variables))];
  while (programs.length < instances)
    programs.push(disposing.use(new RunningProgram({ ...variables, PORT: String(await freePort()) })));
  const { load, servesAgainMs } = await killedUnderLoad(programs, options);
  await load.finish();
  await everythingSettled(variables);
  const endings = await Promise.all(programs.map((program) => program.stop()));
  const record = await readRecord(readEnvironment(variables));
  const violations = violationsIn(load.journal, record);
  violations.other.push(...programs.flatMap(({ faults }) => faults), ...endings.flatMap(badEnding));
  const tookMs = performance.now() - begun;
  const { journal } = load;
  return { kills: options.kills, tookMs, journal, record, endings, violations, servesAgainMs };
}

/** @param content the rules that differ from what is so by itself */
export async function settingsIn(folder: string, content = RULES): Promise<Variables> {
  const rules = join(folder, 'rules.yaml');
  await writeFile(rules, content);
  return {
    DATA_DIR: join(folder, 'data'),
    QINGLIAN_CONFIG: rules,
    PORT: String(await freePort()),
    LOG_LEVEL: 'warn',
  };
}

async function killedUnderLoad(
  programs: readonly RunningProgram[],
  { kills, seed, databaseUrl, say }: KillOptions,
): Promise<{ load: Load; servesAgainMs: number[] }> {
  const random = randomFrom(seed);
  const servesAgainMs = [await killedAtFirstStart(programs[0], random, databaseUrl !== undefined)];
  const now = await movedToWorkingHours(new ChatClient(programs[0]?.address ?? ''));
  // The others learn at their start how far the clock was moved.
  for (const other of programs.slice(1)) other.start();
  for (const other of programs.slice(1)) await other.ready();
  const addresses = programs.map(({ address }) => address);
  const load = await startLoad(new ChatWithAny(addresses, random.fork()), random, now);
  for (let killed = 1; killed < kills; ) {
    // On a slow machine it gets as far in a life as on a quick one.
    await wait(random.between(150, Math.max(1500, servesAgainMs.at(-1) ?? 0)));
    const mayBeAll = programs.length > 1 && kills - killed >= programs.length;
    const hit = mayBeAll && random.chance(ALL_KILLED) ? programs : [random.pick(programs)];
    const before = killed;
    killed += await killedOnce(hit, random, kills - killed, servesAgainMs);
    if (Math.floor(before / SAID_EVERY) < Math.floor(killed / SAID_EVERY)) say?.(`${killed} kills`);
  }
  await wait(random.between(150, 1500));
  return { load, servesAgainMs };
}

/** @returns how many kills that were: some are killed again while they start */
async function killedOnce(
  programs: readonly RunningProgram[],
  random: Random,
  most: number,
  servesAgainMs: number[],
): Promise<number> {
  let kills = 0;
  await Promise.all(programs.map((program) => program.kill()));
  for (const program of programs) {
    kills += 1;
    program.start();
    if (kills >= most || !random.chance(KILLED_AT_START)) continue;
    // Most of a start only loads the program: what it does with its data comes at the end.
    await wait((servesAgainMs.at(-1) ?? 0) * (random.between(60, 105) / 100));
    await program.kill();
    kills += 1;
    program.start();
  }
  for (const program of programs) servesAgainMs.push(await program.ready());
  return kills;
}

/** Killed while it makes its database, its key and the sample bureau; then started. @returns how long that took, in milliseconds */
async function killedAtFirstStart(
  program: RunningProgram | undefined,
  random: Random,
  isOnServer: boolean,
): Promise<number> {
  if (!program) throw new Error('There is nothing to kill');
  program.start();
  if (!isOnServer) await program.hasMade('qinglian.db');
  await wait(random.between(0, isOnServer ? 4000 : 400));
  await program.kill();
  program.start();
  return program.ready();
}

/** In quiet hours what the jobs say would wait for the morning. */
export async function movedToWorkingHours(chat: ChatClient): Promise<Date> {
  const { presets } = (await chat.get('/chat/api/clock')) as { presets: { label: string; to: string }[] };
  const monday = presets.find(({ label }) => label.startsWith('下周一'));
  if (!monday) throw new Error('The clock offers no Monday');
  await chat.moveClock(monday.to);
  return new Date(monday.to);
}

/** Waits until nothing is left to be settled or to be sent; what is left then shows in the record. */
export async function everythingSettled(variables: Variables, withinMs = SETTLED_WITHIN_MS): Promise<void> {
  const { rows, close } = await readDatabase(readEnvironment(variables).databaseUrl);
  const until = performance.now() + withinMs;
  try {
    while (performance.now() < until) {
      const waiting = await rows.outbox.count({ where: { state: 'waiting' } });
      if (waiting + (await rows.inbox.count()) === 0) return;
      await wait(100);
    }
  } finally {
    await close();
  }
}

export function badEnding({ code, tookMs }: Ending): string[] {
  return [
    ...(code === 0 ? [] : [`The program ended with ${code ?? 'a signal'} when it was asked to stop`]),
    ...(tookMs < STOPPED_WITHIN_MS ? [] : [`The program took ${Math.round(tookMs)} ms to stop`]),
  ];
}
