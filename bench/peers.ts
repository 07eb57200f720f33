import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type SealedPush, seal } from '../test/lark/stand-in/seal.ts';
import { type BenchCase, benchCase, type Round } from './table.ts';
import { openWebhookBureau, type WebhookBureau } from './webhook-bureau.ts';
import { type Driven, drive, type Push, quantile } from './webhook-load.ts';

const PROGRAMS = fileURLToPath(new URL('peers/', import.meta.url));
/** Beside the project, so that nothing of it looks through what others wrote; what was installed once stays there. */
const FOLDER = join(tmpdir(), 'qinglian-bench-peers');
const CONNECTIONS = 32;
const EACH = 75;
/** Before each round, and not counted: whoever was not spoken to while the others were measured is slower at first. */
const EACH_BEFORE = 15;
/** Of ours that wait for the answer too: a round is to take no longer than the others. */
const EACH_ANSWERED = 10;
const ROUNDS = 7;
/** Services run for months: what is measured are those whose code is compiled. */
const WARM_UP_ROUNDS = 3;
const SECRET = 'example-secret';
/** What follows of our last answers is done by then, so that it takes nothing of the machine from whoever is measured next. */
const SETTLED_MS = 1000;
/** As long as what is said to ours. */
const WORDS = '示例：已完成制度修订的征求意见，并报请党组会审议。'.repeat(10);
const OURS = 'one plain row a message, acknowledged, by';

/** As each platform pushes a message of that account. */
const PUSHES: Readonly<Record<string, (account: string) => SealedPush>> = {
  'slack-bolt': slackPush,
  probot: githubPush,
  hubot: (user) => json({ user, text: WORDS }),
  koishi: (user) => json({ user, text: WORDS }),
  'lark-sdk': (open_id) => seal(larkEvent(open_id), SECRET, Date.now()),
};
/** Slack's request goes to a path of its own. */
const PATHS: Readonly<Record<string, string>> = { 'slack-bolt': 'slack/events' };

/** Other bots, each with one plain row a message, and ours with its sealed and chained record, in turn. */
export async function measurePeers(): Promise<BenchCase[]> {
  await cp(PROGRAMS, FOLDER, { recursive: true });
  if (!existsSync(join(FOLDER, 'node_modules', 'koishi')))
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'], {
      cwd: FOLDER,
      stdio: 'inherit',
    });
  await using stack = new AsyncDisposableStack();
  const bureau = stack.adopt(await openWebhookBureau(), (open) => open.close());
  const peers: Peer[] = [];
  for (const name of Object.keys(PUSHES))
    peers.push(stack.adopt(await openPeer(name), (peer) => peer.close()));
  const rounds = new Map(peers.map(({ name }) => [name, [] as (Round & { answered: number })[]]));
  const ours: Round[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const [acknowledged, answered] = await oursInARound(bureau);
    if (round >= 0) ours.push(acknowledged);
    for (const { name, measure } of peers) {
      const figures = await measure();
      const ratio = (acknowledged.perSecond ?? 0) / (figures.perSecond ?? 1);
      const of = (answered.perSecond ?? 0) / (figures.perSecond ?? 1);
      if (round >= 0) rounds.get(name)?.push({ ...figures, ratio, answered: of });
    }
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    benchCase('peers-ours-acknowledged', ours),
    ...[...rounds].map(([name, of]) =>
      benchCase(`peer-${name}`, of, {
        against: `ours to ${OURS} ${name}`,
        more: { 'ours answered, ratio': mean(of.map(({ answered }) => answered)) },
      }),
    ),
  ];
}

async function oursInARound(bureau: WebhookBureau): Promise<[Round, Round]> {
  await crowdAt(bureau, EACH_BEFORE);
  await wait(SETTLED_MS);
  const acknowledged = await crowdAt(bureau, EACH);
  const lines = bureau.said(CONNECTIONS, EACH_ANSWERED);
  const answered = await drive(bureau.urls, lines, ({ account }) => bureau.answerTo(account));
  const { rssMiB } = await bureau.watched();
  await wait(SETTLED_MS);
  return [roundOf(acknowledged, rssMiB), roundOf(answered, rssMiB)];
}

/** Acknowledged; what follows is waited for, and not counted. */
async function crowdAt(bureau: WebhookBureau, each: number): Promise<Driven> {
  const { answers } = bureau;
  const driven = await drive(bureau.urls, bureau.said(CONNECTIONS, each));
  while (bureau.answers - answers < driven.eachMs.length - driven.refused) await wait(5);
  return driven;
}

const roundOf = ({ tookMs, eachMs }: Driven, rssMiB: number): Round => ({
  perSecond: (eachMs.length / tookMs) * 1000,
  p50Ms: quantile(eachMs, 0.5),
  p99Ms: quantile(eachMs, 0.99),
  rssMiB,
});

interface Peer {
  name: string;
  measure(): Promise<Round>;
  close(): Promise<void>;
}

async function openPeer(name: string): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-bench-peer-'));
  const program = spawn(process.execPath, [`${name}.mjs`, join(folder, 'peer.db'), SECRET], {
    cwd: FOLDER,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = `http://127.0.0.1:${await portOf(program, name)}/${PATHS[name] ?? ''}`;
  return {
    name,
    async measure() {
      await drive(url, linesOf(name, EACH_BEFORE));
      const driven = await drive(url, linesOf(name, EACH));
      if (driven.refused > 0) throw new Error(`${name} refused ${driven.refused} pushes`);
      const status = await readFile(`/proc/${program.pid}/status`, 'utf8');
      return roundOf(driven, Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
    },
    async close() {
      program.kill('SIGKILL');
      if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function linesOf(name: string, each: number): Push[][] {
  const push = PUSHES[name] ?? json;
  return Array.from({ length: CONNECTIONS }, (_, line) =>
    Array.from({ length: each }, () => ({ account: `U${line}`, sealed: push(`U${line}`) })),
  );
}

async function portOf({ stdout }: ChildProcess, name: string): Promise<string> {
  if (!stdout) throw new Error(`${name} has no output`);
  // What the libraries say of themselves stands in between.
  const lines = createInterface({ input: stdout });
  for await (const line of lines) if (/^\d+$/.test(line)) return line;
  throw new Error(`${name} ended before it served`);
}

function json(value: unknown, headers: Record<string, string> = {}): SealedPush {
  return {
    body: Buffer.from(JSON.stringify(value)),
    headers: { 'content-type': 'application/json', ...headers },
  };
}

const hmac = (text: string | Buffer): string => createHmac('sha256', SECRET).update(text).digest('hex');

function slackPush(user: string): SealedPush {
  const ts = String(Math.floor(Date.now() / 1000));
  const event = { type: 'message', channel: 'C1', channel_type: 'im', user, text: WORDS, ts };
  const said = { type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event_id: randomUUID(), event };
  const { body, headers } = json(said);
  const signature = `v0=${hmac(`v0:${ts}:${body.toString('utf8')}`)}`;
  return {
    body,
    headers: { ...headers, 'x-slack-request-timestamp': ts, 'x-slack-signature': signature },
  };
}

function githubPush(login: string): SealedPush {
  const said = { action: 'created', comment: { body: WORDS }, sender: { login }, installation: { id: 1 } };
  const { body, headers } = json(said);
  return {
    body,
    headers: {
      ...headers,
      'x-github-event': 'issue_comment',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${hmac(body)}`,
    },
  };
}

const larkEvent = (open_id: string): object => ({
  schema: '2.0',
  header: {
    event_id: randomUUID(),
    event_type: 'im.message.receive_v1',
    create_time: String(Date.now()),
    token: '',
    app_id: 'cli_0123456789abcdef',
    tenant_key: 'example',
  },
  event: {
    sender: { sender_id: { open_id }, sender_type: 'user' },
    message: { message_id: randomUUID(), message_type: 'text', content: JSON.stringify({ text: WORDS }) },
  },
});
