import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { freePort, RunningProgram } from '../campaign/running-program.ts';
import { readEnvironment } from '../config/environment.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { openStore } from '../open-store.ts';
import { copyRecord } from '../prisma/copy-record.ts';
import { openDatabase } from '../prisma/open-database.ts';
import { larkVariables } from '../test/lark/lark-variables.ts';
import { newId } from '../test/lark/stand-in/ids.ts';
import { openStandIn, type StandIn } from '../test/lark/stand-in/stand-in.ts';
import { fillRounds } from './ledger-data.ts';
import { countAnswers, recordsIn } from './webhook-counts.ts';
import type { Push } from './webhook-load.ts';

/** Nobody waits for his turn: what is measured is the program. */
const MANY = 1_000_000;
const RULES = {
  lark: { callsPerSecond: 1000, callsPerMinute: 60_000, messagesPerSecond: 100 },
  limits: { messagesPerMinute: MANY, requestsPerSecond: 100_000, pushesPerSecond: MANY },
  messages: { maxLength: 2000 },
};
const LIMITS = { perSecond: MANY, perMinute: MANY, perPerson: MANY, perGroup: MANY, perCard: MANY };
const PEOPLE = 100;
const ITEMS = 8000;
/** Messages are about one item after the other: none is changed any more by the time that it is forgotten. */
const REMEMBERS = 5 * ITEMS;
/** With what stands around it, a kilobyte of words in all. */
const WORDS = '示例：已完成制度修订的征求意见，并报请党组会审议。'.repeat(10);
const COUNTER = fileURLToPath(new URL('count-commits.ts', import.meta.url));

/** The real program in a process of its own, a stand-in of Feishu in this one, and a hundred people with items at work. */
export interface WebhookBureau {
  /** Of each instance. */
  readonly urls: readonly string[];
  readonly standIn: StandIn;
  /** 「进展」 on items of their own: for each sender as many as asked for, none like another. */
  said(senders: number, each: number): Push[][];
  /** Resolves when the bot sends the next message to the account. */
  answerTo(account: string): Promise<void>;
  /** How many messages the bot has sent. */
  readonly answers: number;
  /** The platform takes its time to answer from now on, or answers at once again. */
  slow(isSlow: boolean): void;
  /** How long the chain is by now: a message that is carried out leaves a record, committed with its answer. */
  records(): Promise<number>;
  /** Of the program's processes: their commits so far (on a server, how often that waited for its disk), and their memory now. */
  watched(): Promise<Watched>;
  close(): Promise<void>;
}

export interface Watched {
  commits: number;
  /** Processor time, whatever else the machine does. */
  busyMs: number;
  rssMiB: number;
}

/** A server on which the bureau stands instead of on a file. */
export interface OnServer {
  /** Of a database with nothing in it. */
  databaseUrl: string;
  instances: number;
  /** How often the server has waited for its disk so far. */
  fsyncs(): Promise<number>;
  records(): Promise<number>;
}

export async function openWebhookBureau(on?: OnServer): Promise<WebhookBureau> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-bench-'));
  const port = String(await freePort());
  const standIn = await openStandIn({ limits: LIMITS, remembers: REMEMBERS });
  standIn.pushTo(`http://127.0.0.1:${port}/webhook/lark`);
  await writeFile(join(folder, 'rules.yaml'), stringify(RULES));
  const variables = {
    PORT: port,
    DATA_DIR: folder,
    QINGLIAN_CONFIG: join(folder, 'rules.yaml'),
    LOCAL_CHAT: 'off',
    LOG_LEVEL: 'error',
    ...larkVariables(standIn),
    LARK_TRANSPORT: 'webhook',
  };
  const items = await fillBureau(variables, standIn);
  if (on) await moveTo(on.databaseUrl, variables);
  const there = { ...variables, ...(on && { DATABASE_URL: on.databaseUrl }) };
  const commits = (program: RunningProgram) => join(folder, `commits-${program.variables.PORT}`);
  const programs: RunningProgram[] = [];
  while (programs.length < (on?.instances ?? 1)) {
    const own = programs.length === 0 ? port : String(await freePort());
    const program = new RunningProgram({
      ...{ ...there, PORT: own, NODE_OPTIONS: `--import=${COUNTER}` },
      QINGLIAN_COMMITS_FILE: join(folder, `commits-${own}`),
    });
    program.start();
    await program.ready();
    programs.push(program);
  }
  await untilBound(there);
  const answers = countAnswers(standIn);
  const records = on ? { count: on.records, close: () => undefined } : recordsIn(join(folder, 'qinglian.db'));
  return {
    urls: programs.map(({ address }) => `${address}/webhook/lark`),
    standIn,
    said: sayings(standIn, items),
    answerTo: answers.next,
    get answers() {
      return answers.count;
    },
    slow: answers.slow,
    records: records.count,
    async watched() {
      const each = await Promise.all(programs.map((program) => watch(commits(program))));
      const sum = (of: keyof Watched) => each.reduce((so, found) => so + found[of], 0);
      const waits = (await on?.fsyncs()) ?? sum('commits');
      return { commits: waits, busyMs: sum('busyMs'), rssMiB: sum('rssMiB') };
    },
    async close() {
      records.close();
      await Promise.all(programs.map((program) => program.stop()));
      await standIn.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Sender {
  openId: string;
  refs: string[];
}

/** @returns each sender with the items that he works at */
async function fillBureau(variables: Record<string, string>, { directory }: StandIn): Promise<Sender[]> {
  const store = await openStore(readEnvironment(variables), ledgers);
  await fillRounds(store, { entries: ITEMS, people: PEOPLE }, 0);
  const { rows } = store.database;
  const departments = new Map<string, string>();
  for (const { id, name } of await rows.department.findMany())
    departments.set(id, directory.addDepartment({ name }).openDepartmentId);
  const senders: Sender[] = [];
  for (const { id, name, staffNumber, departmentId } of await rows.person.findMany()) {
    const inside = [departments.get(departmentId) ?? '0'];
    const { openId } = directory.addPerson({ name, employeeNo: staffNumber, departments: inside });
    const parts = await rows.entryPerson.findMany({
      where: { personId: id, part: 'responsible', entry: { state: 'progressing' } },
      select: { entry: { select: { ref: true } } },
    });
    senders.push({ openId, refs: parts.map(({ entry }) => entry.ref) });
  }
  await store.database.close();
  return senders;
}

/** What was filled in is brought to the server, as an operator would. */
async function moveTo(url: string, variables: Record<string, string>): Promise<void> {
  const from = await openStore(readEnvironment(variables), ledgers);
  const to = await openDatabase(url);
  await copyRecord(from.database.rows, to);
  await to.close();
  await from.database.close();
}

async function untilBound(variables: Record<string, string>): Promise<void> {
  const store = await openStore(readEnvironment(variables), ledgers);
  while ((await store.database.rows.account.count()) < PEOPLE) await wait(100);
  await store.database.close();
}

function sayings(standIn: StandIn, senders: readonly Sender[]) {
  let said = 0;
  const push = (sender: Sender): Push => {
    const { openId, refs } = sender;
    // Once all were spoken of, from the first on again.
    const ref = refs.shift() ?? '';
    refs.push(ref);
    said += 1;
    return {
      account: openId,
      sealed: standIn.encrypted(event(standIn, openId, `进展 ${ref} ${said} ${WORDS}`)),
    };
  };
  return (count: number, each: number): Push[][] => {
    const lines = senders.slice(0, count).map((sender) => ({ sender, pushes: [] as Push[] }));
    // In turn, as they will be pushed: messages are settled in the order of the times that the platform gave them.
    for (let times = 0; times < each; times++)
      for (const { sender, pushes } of lines) pushes.push(push(sender));
    return lines.map(({ pushes }) => pushes);
  };
}

/** As the platform pushes what somebody wrote to the bot. */
function event(standIn: StandIn, openId: string, text: string): object {
  const { appId: app_id, tenantKey: tenant_key, verificationToken: token } = standIn;
  const create_time = String(Date.now());
  const message = {
    message_id: newId('om_'),
    chat_id: standIn.chatOf(openId),
    chat_type: 'p2p',
    create_time,
  };
  return {
    schema: '2.0',
    header: {
      ...{ event_id: newId(), event_type: 'im.message.receive_v1' },
      ...{ create_time, token, app_id, tenant_key },
    },
    event: {
      sender: { sender_id: { open_id: openId }, sender_type: 'user', tenant_key },
      message: { ...message, message_type: 'text', content: JSON.stringify({ text }) },
    },
  };
}

/** In which Linux counts processor time. */
const TICK_MS = 10;

/** @param file of count-commits.ts */
export async function watch(file: string): Promise<Watched> {
  const [pid = ''] = (await readFile(file, 'latin1')).split('\n', 1);
  const { size } = await stat(file);
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const [, ran = ''] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ');
  const ticks = ran
    .split(' ')
    .slice(11, 13)
    .reduce((sum, each) => sum + Number(each), 0);
  return {
    commits: size - pid.length - 1,
    busyMs: ticks * TICK_MS,
    rssMiB: Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024,
  };
}
