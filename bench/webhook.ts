import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type BenchCase, benchCase, type Round } from './table.ts';
import { type OnServer, openWebhookBureau, type WebhookBureau, watch } from './webhook-bureau.ts';
import { type Driven, drive, type Push, quantile } from './webhook-load.ts';

const ROUNDS = 5;
const WARM_UP_ROUNDS = 2;
/** What follows of the last answers is written by then. */
const SETTLED_MS = 500;
const RAW = 'bare Koa, the same cryptography by hand, the same three rows in grouped commits of';
const HERE = fileURLToPath(new URL('.', import.meta.url));

/** How many pushes each connection makes in a round: of those that wait for the acknowledgement, and for the answer. */
const EACH: Readonly<Record<number, { acknowledged: number; answered: number }>> = {
  1: { acknowledged: 200, answered: 100 },
  32: { acknowledged: 30, answered: 10 },
  100: { acknowledged: 10, answered: 5 },
};

/** A server for the bureau, and a database on it for the reference. */
export interface BesideRaw extends OnServer {
  rawUrl: string;
}

/** What happened in a round beside what every case tells. */
interface Happened {
  raw: Round;
  acknowledged: Round;
  recorded: Round;
  answered: Round;
  /** A message, from the push to the last row that is written of it: of a crowd, and of those who wait for their answers. */
  crowdCommits: number;
  answeredCommits: number;
  rawCommits: number;
  /** Of the processor, for a message of those who wait, and for one of the reference. */
  answeredBusyMs: number;
  rawBusyMs: number;
  /** A second, of a crowd that waits for nothing but the acknowledgement. */
  crowdAnswered: number;
  refused: number;
}

/**
 * 「进展」 as a signed, encrypted push: acknowledged once it is stored, recorded once it is sealed and chained and its answer stands in
 * line, and answered once that is sent. Beside it, in every round, what is possible: the same rows written by hand, and no answer
 * sent.
 */
export async function measureWebhook(connections: number, on?: BesideRaw): Promise<BenchCase[]> {
  const bureau = await openWebhookBureau(on);
  const raw = await openRaw(bureau.standIn.encryptKey, on);
  try {
    // A service runs for months: what is measured is one whose code is compiled.
    for (let round = 0; round < WARM_UP_ROUNDS; round++) await oneRound(bureau, raw, connections);
    const happened: Happened[] = [];
    for (let round = 0; round < ROUNDS; round++) happened.push(await oneRound(bureau, raw, connections));
    return told(`webhook-${connections}${on ? `-postgresql-${on.instances}` : ''}`, happened, on);
  } finally {
    await raw.close();
    await bureau.close();
  }
}

function told(name: string, rounds: readonly Happened[], on?: BesideRaw): BenchCase[] {
  const against = on ? `${RAW} one connection to the same server` : `${RAW} raw SQLite`;
  const mean = (of: (each: Happened) => number) =>
    rounds.reduce((sum, each) => sum + of(each), 0) / rounds.length;
  const refused = rounds.reduce((sum, each) => sum + each.refused, 0);
  const of = (part: 'raw' | 'acknowledged' | 'recorded' | 'answered') => rounds.map((each) => each[part]);
  const ofCrowd = { refused, 'fsyncs a message': mean((each) => each.crowdCommits) };
  const commits = {
    'fsyncs a message': mean((each) => each.answeredCommits),
    'processor ms a message': mean((each) => each.answeredBusyMs),
  };
  const rawCosts = {
    'fsyncs a message': mean((each) => each.rawCommits),
    'processor ms a message': mean((each) => each.rawBusyMs),
  };
  const crowd = { 'answered a second of a crowd': mean((each) => each.crowdAnswered) };
  return [
    benchCase(`${name}-acknowledged`, of('acknowledged'), { against, more: { ...ofCrowd, ...crowd } }),
    benchCase(`${name}-recorded`, of('recorded'), { against }),
    benchCase(`${name}-answered`, of('answered'), { against, more: commits }),
    benchCase(`${name}-raw`, of('raw'), { more: rawCosts }),
  ];
}

async function oneRound(bureau: WebhookBureau, raw: Raw, connections: number): Promise<Happened> {
  const { acknowledged: many = 10, answered: few = 5 } = EACH[connections] ?? {};
  const rawBefore = await raw.watched();
  const possible = await drive(raw.url, bureau.said(connections, many));
  const rawAfter = await raw.watched();
  const reference = roundOf(possible, rawAfter.rssMiB);
  const recorded = await untilRecorded(bureau, bureau.said(connections, many));
  const before = await bureau.watched();
  const crowd = bureau.said(connections, many);
  const begun = performance.now();
  const answers = bureau.answers;
  const acknowledged = await drive(bureau.urls, crowd);
  const all = acknowledged.eachMs.length;
  while (bureau.answers - answers < all - acknowledged.refused) await wait(5);
  const crowdMs = performance.now() - begun;
  await wait(SETTLED_MS);
  const between = await bureau.watched();
  const answered = await drive(bureau.urls, bureau.said(connections, few), ({ account }) =>
    bureau.answerTo(account),
  );
  await wait(SETTLED_MS);
  const after = await bureau.watched();
  return {
    raw: reference,
    acknowledged: against(roundOf(acknowledged, after.rssMiB), reference),
    recorded: against({ perSecond: recorded, rssMiB: before.rssMiB }, reference),
    answered: against(roundOf(answered, after.rssMiB), reference),
    crowdCommits: (between.commits - before.commits) / all,
    answeredCommits: (after.commits - between.commits) / answered.eachMs.length,
    rawCommits: (rawAfter.commits - rawBefore.commits) / possible.eachMs.length,
    answeredBusyMs: (after.busyMs - between.busyMs) / answered.eachMs.length,
    rawBusyMs: (rawAfter.busyMs - rawBefore.busyMs) / possible.eachMs.length,
    crowdAnswered: (all / crowdMs) * 1000,
    refused: acknowledged.refused + answered.refused,
  };
}

/**
 * What the reference does, and no more: until the last message has its record, and its answer stands in line. The platform takes its
 * time meanwhile, so that what goes out takes nothing of the processor.
 * @returns how many a second
 */
async function untilRecorded(bureau: WebhookBureau, crowd: Push[][]): Promise<number> {
  const [records, answers, begun] = [await bureau.records(), bureau.answers, performance.now()];
  bureau.slow(true);
  const { eachMs, refused } = await drive(bureau.urls, crowd);
  const all = eachMs.length - refused;
  while ((await bureau.records()) - records < all) await wait(5);
  const tookMs = performance.now() - begun;
  bureau.slow(false);
  while (bureau.answers - answers < all) await wait(5);
  await wait(SETTLED_MS);
  return (all / tookMs) * 1000;
}

const roundOf = ({ tookMs, eachMs }: Driven, rssMiB: number): Round => ({
  perSecond: (eachMs.length / tookMs) * 1000,
  p50Ms: quantile(eachMs, 0.5),
  p99Ms: quantile(eachMs, 0.99),
  rssMiB,
});

const against = (round: Round, reference: Round): Round => ({
  ...round,
  ratio: (round.perSecond ?? 0) / (reference.perSecond ?? 0),
});

/** The reference, in a process of its own. */
interface Raw {
  url: string;
  watched: WebhookBureau['watched'];
  close(): Promise<void>;
}

async function openRaw(encryptKey: string, on?: BesideRaw): Promise<Raw> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-bench-raw-'));
  const commits = join(folder, 'commits');
  const options = ['--database', on?.rawUrl ?? join(folder, 'raw.db'), '--encrypt-key', encryptKey];
  const program = spawn(
    process.execPath,
    [`--import=${join(HERE, 'count-commits.ts')}`, join(HERE, 'reference', 'raw-webhook.ts'), ...options],
    { env: { QINGLIAN_COMMITS_FILE: commits }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return {
    url: `http://127.0.0.1:${await portOf(program)}/`,
    async watched() {
      const own = await watch(commits);
      return { ...own, commits: (await on?.fsyncs()) ?? own.commits };
    },
    async close() {
      program.kill('SIGTERM');
      if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function portOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The reference has no output');
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('The reference ended before it served');
}
