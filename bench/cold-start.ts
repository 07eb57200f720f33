import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FLAGS } from '../campaign/running-program.ts';
import { openStandIn } from '../test/wechat/stand-in/stand-in.ts';

/** How long the program takes to serve, and how much it then holds. */
export interface ColdStart {
  name: 'cold-start' | 'cold-start-wechat';
  /** Medians of the rounds, from the start of the process to the first answer to a request. */
  firstAnswerMs: number;
  mostMs: number;
  /** Of the service's own process, at rest; of the one in which wechaty runs, where there is one. */
  serviceMiB: number;
  wechatMiB: number | undefined;
}

const ROUNDS = 5;
/** By then nothing of the start is under way any more. */
const REST_MS = 6000;
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MEMBERS = { self: { id: 'bot-1', name: '示例' }, contacts: [], rooms: [] };

/** The program with and without WeChat, in turn, each on a database that is there and on a port of its own. */
export async function measureColdStart(): Promise<ColdStart[]> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-bench-'));
  const standIn = await openStandIn(MEMBERS);
  const settings = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'info', LOCAL_CHAT: 'on' };
  try {
    await oneStart(settings);
    const rounds: Awaited<ReturnType<typeof oneStart>>[][] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      rounds[0]?.push(await oneStart(settings));
      rounds[1]?.push(await oneStart({ ...settings, ...standIn.variables }, () => standIn.pid));
    }
    return rounds.map((each, index) => ({
      name: index === 0 ? 'cold-start' : 'cold-start-wechat',
      firstAnswerMs: median(each.map(({ ms }) => ms)),
      mostMs: Math.max(...each.map(({ ms }) => ms)),
      serviceMiB: median(each.map(({ serviceMiB }) => serviceMiB)),
      wechatMiB: index === 0 ? undefined : median(each.map(({ wechatMiB }) => wechatMiB ?? 0)),
    }));
  } finally {
    await standIn.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function oneStart(settings: Record<string, string>, wechatPid?: () => number) {
  const began = performance.now();
  const env = { PATH: process.env.PATH, ...settings };
  const program = spawn(process.execPath, [...FLAGS, 'main.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const answer = await fetch(`${await addressOf(program)}/healthz`);
    const ms = performance.now() - began;
    if (!answer.ok) throw new Error(`The service answered ${answer.status}`);
    await wait(REST_MS);
    const serviceMiB = await heldBy(program.pid);
    return { ms, serviceMiB, ...(wechatPid && { wechatMiB: await heldBy(wechatPid()) }) };
  } finally {
    program.kill('SIGTERM');
    if (program.exitCode === null) await once(program, 'exit');
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The program has no output');
  for await (const line of createInterface({ input: stdout })) {
    const address = /"address":"([^"]+)"/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error('The program ended before it served');
}

/** Resident memory in MiB, as Linux tells it. */
async function heldBy(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
