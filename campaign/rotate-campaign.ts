import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ChatClient } from '../bot/local/chat-client.ts';
import { readEnvironment } from '../config/environment.ts';
import { readKeyFile } from '../ledger/key-file.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { removeKey } from '../ledger/remove-key.ts';
import { usesOfKeys } from '../ledger/rewrap-all.ts';
import { openStore } from '../open-store.ts';
import { type Violations, violationsIn } from './checks.ts';
import type { Journal } from './journal.ts';
import { type CommandRun, rotateKeysOf } from './key-command.ts';
import { badEnding, everythingSettled, movedToWorkingHours, settingsIn } from './kill-campaign.ts';
import { startLoad } from './load.ts';
import { openProber, type Prober } from './prober.ts';
import { type Random, randomFrom } from './random.ts';
import { readRecord } from './record.ts';
import { RunningProgram, type Variables } from './running-program.ts';
import { type Seeded, seedRecords, unreadable } from './seeded-records.ts';

export interface RotateOptions {
  records: number;
  kills: number;
  seed: number;
  /** When the records were filed. */
  at: Date;
  say: (sentence: string) => void;
}

/** How it went. */
export interface RotateReport {
  journal: Journal;
  /** How many values were still under the old key after each kill. */
  leftAfterKills: number[];
  lastRun: CommandRun;
  /** All values that each key has sealed, at the end. */
  uses: ReadonlyMap<string, number>;
  chainRecords: number;
  /** How long it took to store a message, before the rotation and during it. */
  storing: { before: number[]; during: number[] };
  violations: Violations;
}

const PROBER = '苏静宜';
/** Nobody waits for the answers: more than the program can settle would only make the queue longer. */
const PAUSES = [500, 3000] as const;
const MEASURED_MS = 10_000;
const SETTLED_WITHIN_MS = 120_000;

/** Rotates the keys of a large record under load, is killed at it again and again, and looks at what is left. */
export async function runRotateCampaign(options: RotateOptions): Promise<RotateReport> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-rotate-'));
  try {
    const variables = await settingsIn(folder, '');
    const begun = performance.now();
    const seeded = await seedRecords(readEnvironment(variables), options.records, options.at);
    options.say(`${seeded.size} records filed in ${Math.round((performance.now() - begun) / 1000)} s`);
    return await rotatedUnderLoad(variables, seeded, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rotatedUnderLoad(
  variables: Variables,
  seeded: Seeded,
  options: RotateOptions,
): Promise<RotateReport> {
  const random = randomFrom(options.seed);
  await using program = new RunningProgram(variables);
  program.start();
  await program.ready();
  const chat = new ChatClient(program.address);
  const load = await startLoad(chat, random, await movedToWorkingHours(chat), PAUSES);
  const prober = await openProber(chat, PROBER);
  await wait(MEASURED_MS);
  const before = prober.taken();
  const { leftAfterKills, lastRun } = await killedRotations(variables, random, options);
  const during = prober.taken();
  await stopAll(prober, load);
  await everythingSettled(variables, SETTLED_WITHIN_MS);
  const ending = await program.stop();
  options.say('The program has stopped; reading the whole record');
  const end = await leftBehind(variables, seeded, options.at);
  const record = await readRecord(readEnvironment(variables));
  const steps = record.steps.filter(({ ref }) => !seeded.has(ref));
  const violations = violationsIn(load.journal, { ...record, steps });
  const unproven =
    options.kills > 0 && leftAfterKills.length === 0
      ? ['No rotation was killed: each was over before its kill. Are there enough records?']
      : [];
  const failed = lastRun.code === 0 ? [] : [`Rotation ended with ${lastRun.code}: ${lastRun.err}`];
  violations.lost.push(...end.lost);
  violations.other.push(
    ...program.faults.filter((line) => !isLateTick(line)),
    ...badEnding(ending),
    ...end.problems,
    ...failed,
    ...unproven,
  );
  const { journal } = load;
  const chainRecords = record.chain.records;
  return {
    journal,
    leftAfterKills,
    lastRun,
    uses: end.uses,
    chainRecords,
    storing: { before, during },
    violations,
  };
}

/** The timetable was kept waiting by a busy machine: the next tick looks for all that fell due since the last. */
const isLateTick = (line: string): boolean =>
  line.includes('[NODE-CRON]') && line.includes('missed execution');

async function stopAll(prober: Prober, load: { finish(): Promise<void> }): Promise<void> {
  await prober.stop();
  await load.finish();
}

/** Killed once while it begins, then anywhere in its work; at last it is left alone. */
async function killedRotations(variables: Variables, random: Random, { kills, say }: RotateOptions) {
  const leftAfterKills: number[] = [];
  const ended = (lastRun: CommandRun) => {
    say(`Ended after ${Math.round(lastRun.tookMs / 1000)} s, killed ${leftAfterKills.length} times`);
    return { leftAfterKills, lastRun };
  };
  for (let killed = 0; killed < kills; killed++) {
    const kill =
      killed === 0
        ? { afterMs: random.between(500, 2500) }
        : { afterMs: random.between(2500, 12_000), since: 'seals from now on' };
    const run = await rotateKeysOf(variables, kill);
    // Where few records are, the rotation may be over before its kill: one more would be another rotation.
    if (!run.isKilled) return ended(run);
    const left = await underOldKeys(variables);
    leftAfterKills.push(left);
    say(`Killed after ${Math.round(run.tookMs)} ms: ${left} value(s) under the old key`);
  }
  return ended(await rotateKeysOf(variables));
}

async function underOldKeys(variables: Variables): Promise<number> {
  const environment = readEnvironment(variables);
  const store = await openStore(environment, ledgers);
  try {
    const uses = await usesOfKeys(store);
    const newest = readKeyFile(environment.keyFile).keys.slice(1).at(-1)?.id;
    return [...uses].reduce((sum, [id, count]) => (id === newest ? sum : sum + count), 0);
  } finally {
    await store.database.close();
  }
}

/** After the last life of the program: what is lost, and what still hangs on a key that should not be needed. */
async function leftBehind(variables: Variables, seeded: Seeded, at: Date) {
  const { keyFile, ...environment } = readEnvironment(variables);
  const store = await openStore({ ...environment, keyFile }, ledgers);
  try {
    const { current, keys } = readKeyFile(keyFile);
    const uses = await usesOfKeys(store);
    const problems = [...uses.keys()]
      .filter((id) => id !== current)
      .map((id) => `${uses.get(id)} value(s) are still under key ${id}`);
    if (keys.length !== 2) problems.push(`${keys.length} keys in the key file, expected the old and one new`);
    const retired = keys.filter(({ id }) => id !== current);
    if (retired.some(({ retiredAt }) => retiredAt === undefined)) problems.push('The old key is not retired');
    // What can be read now is read without the old key.
    if (problems.length === 0) for (const { id } of retired) await removeKey(store, keyFile, id, at);
    return { uses, problems, lost: await unreadable(store, seeded) };
  } finally {
    await store.database.close();
  }
}
