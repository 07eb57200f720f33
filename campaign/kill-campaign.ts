import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ChatClient } from '../bot/local/chat-client.ts';
import { readEnvironment } from '../config/environment.ts';
import { type Violations, violationsIn } from './checks.ts';
import type { Journal } from './journal.ts';
import { type Load, startLoad } from './load.ts';
import { type Random, randomFrom } from './random.ts';
import { readRecord, type ServiceRecord } from './record.ts';
import { type Ending, freePort, RunningProgram } from './running-program.ts';

/** How it went. */
export interface CampaignReport {
  kills: number;
  tookMs: number;
  journal: Journal;
  record: ServiceRecord;
  ending: Ending;
  violations: Violations;
}

/** What a killed process had taken to send is free again after two seconds, not after a minute. */
const RULES = 'delivery:\n  leaseSeconds: 2\n';
/** How often the program is killed again while it is still starting. */
const KILLED_AT_START = 0.2;
const SETTLED_WITHIN_MS = 30_000;
const STOPPED_WITHIN_MS = 10_000;

/**
 * Kills the running program at random moments while people work with it, the first time during its very first start,
 * then lets it finish, stops it, and compares what people were told with what stands in its database.
 */
export async function runKillCampaign(options: { kills: number; seed: number }): Promise<CampaignReport> {
  const begun = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-kill-'));
  try {
    const variables = await settingsIn(folder);
    await using program = new RunningProgram(variables);
    const random = randomFrom(options.seed);
    const load = await killedUnderLoad(program, random, options.kills);
    await load.finish();
    await everythingSettled(program);
    const ending = await program.stop();
    const record = await readRecord(readEnvironment(variables));
    const violations = violationsIn(load.journal, record);
    violations.other.push(...program.faults, ...badEnding(ending));
    const tookMs = performance.now() - begun;
    return { kills: options.kills, tookMs, journal: load.journal, record, ending, violations };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param content the rules that differ from what is so by itself */
export async function settingsIn(folder: string, content = RULES) {
  const rules = join(folder, 'rules.yaml');
  await writeFile(rules, content);
  return {
    DATA_DIR: join(folder, 'data'),
    QINGLIAN_CONFIG: rules,
    PORT: String(await freePort()),
    LOG_LEVEL: 'warn',
  };
}

async function killedUnderLoad(program: RunningProgram, random: Random, kills: number): Promise<Load> {
  await killedAtFirstStart(program, random);
  program.start();
  let startMs = await program.ready();
  const chat = new ChatClient(program.address);
  const load = await startLoad(chat, random, await movedToWorkingHours(chat));
  for (let killed = 1; killed < kills; killed++) {
    await wait(random.between(150, 1500));
    await program.kill();
    program.start();
    if (killed + 1 < kills && random.chance(KILLED_AT_START)) {
      // Most of a start only loads the program: what it does with its data comes at the end.
      await wait(startMs * (random.between(60, 105) / 100));
      await program.kill();
      killed += 1;
      program.start();
    }
    startMs = await program.ready();
  }
  await wait(random.between(150, 1500));
  return load;
}

/** Killed while it makes its database, its key and the sample bureau. */
async function killedAtFirstStart(program: RunningProgram, random: Random): Promise<void> {
  program.start();
  await program.hasMade('qinglian.db');
  await wait(random.between(0, 400));
  await program.kill();
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
export async function everythingSettled(
  { address }: RunningProgram,
  withinMs = SETTLED_WITHIN_MS,
): Promise<void> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    const metrics = await (await fetch(`${address}/metrics`)).text();
    const waiting = /^qinglian_outbox_messages\{state="waiting"\} (\d+)$/m.exec(metrics)?.[1];
    const inbox = /^qinglian_inbox_messages (\d+)$/m.exec(metrics)?.[1];
    if (waiting === '0' && inbox === '0') return;
    await wait(100);
  }
}

export function badEnding({ code, tookMs }: Ending): string[] {
  return [
    ...(code === 0 ? [] : [`The program ended with ${code ?? 'a signal'} when it was asked to stop`]),
    ...(tookMs < STOPPED_WITHIN_MS ? [] : [`The program took ${Math.round(tookMs)} ms to stop`]),
  ];
}
