import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { stringify } from 'yaml';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ledgers } from '../ledger/ledgers.ts';
import type { Content } from '../ledger/message.ts';
import { operate } from '../ledger/operation.ts';
import { importRoster } from '../ledger/roster/import-roster.ts';
import { openStore } from '../open-store.ts';
import { startService } from '../start.ts';
import { type ApiCall, type Fault, openStandIn, type StandIn } from '../test/lark/stand-in/stand-in.ts';
import { randomFrom } from './random.ts';

export interface DigestOptions {
  people: number;
  /** Calls that the platform takes in a second. */
  perSecond: number;
  /** Of a hundred calls. */
  failing: number;
  seed: number;
}

/** What came of one digest to everybody. */
export interface DigestReport {
  /** People who got it once, more than once, and never. */
  once: number;
  more: number;
  never: number;
  calls: number;
  failed: number;
  /** From the first call to the last. */
  tookMs: number;
  /** The least that the calls and the platform's own pauses need. */
  allowedMs: number;
  /** How long somebody who wrote meanwhile waited for each answer, without those that the platform itself put off. */
  answersMs: number[];
  /** Answers whose own call was refused with the time to wait. */
  putOff: number;
}

const WRITER = 0;
const PAUSE_BETWEEN_WORDS_MS = 500;
const RESET_SECONDS = 1;

/** One message to everybody over a platform that fails now and then, while somebody writes to the bot. */
export async function runDigestCampaign(options: DigestOptions): Promise<DigestReport> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-digest-'));
  const standIn = await openStandIn({
    limits: { perSecond: options.perSecond, perMinute: 60 * options.perSecond },
  });
  const environment = await settings(folder, standIn, options);
  const openIds = await fill(environment, standIn, options.people);
  const service = await startService(environment, { now: () => new Date(), log: pino({ level: 'silent' }) });
  standIn.pushTo(`${service.address}/webhook/lark`);
  await boundAll(environment, options.people);
  try {
    failNowAndThen(standIn, options);
    const from = standIn.calls.length;
    await postToAll(environment);
    const answering = keepWriting(standIn, openIds[WRITER] ?? '', () => gotIt(standIn, openIds).never === 0);
    const answers = await answering;
    await service.idle();
    return report(standIn, openIds, standIn.calls.slice(from), answers, options.perSecond);
  } finally {
    await service.stop();
    await standIn.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function settings(
  folder: string,
  standIn: StandIn,
  { perSecond }: DigestOptions,
): Promise<Environment> {
  const rules = {
    lark: { callsPerSecond: perSecond, callsPerMinute: 60 * perSecond },
    // The campaign runs at any hour.
    quietHours: { from: '00:00', to: '00:00', workdaysOnly: false },
  };
  await writeFile(join(folder, 'rules.yaml'), stringify(rules));
  return readEnvironment({
    DATA_DIR: folder,
    PORT: '0',
    QINGLIAN_CONFIG: join(folder, 'rules.yaml'),
    LARK_APP_ID: standIn.appId,
    LARK_APP_SECRET: standIn.appSecret,
    LARK_BASE_URL: standIn.address,
    LARK_TRANSPORT: 'webhook',
    LARK_ENCRYPT_KEY: standIn.encryptKey,
  });
}

/** So many people in the record and in the tenant. @returns their open ids */
async function fill(environment: Environment, { directory }: StandIn, people: number): Promise<string[]> {
  const roster = Array.from({ length: people }, (_, index) => ({
    line: index + 2,
    staffNumber: `S${index}`,
    name: `示例${index}`,
    department: '示例科',
    post: '',
    roles: [],
    isHead: false,
  }));
  const store = await openStore(environment, ledgers);
  await operate(store, { actor: 'command:campaign', at: new Date() }, (operation) =>
    importRoster(operation, roster),
  );
  await store.database.close();
  const department = directory.addDepartment({ name: '示例科' }).openDepartmentId;
  return roster.map(
    ({ name, staffNumber }) =>
      directory.addPerson({ name, employeeNo: staffNumber, departments: [department] }).openId,
  );
}

async function boundAll(environment: Environment, people: number): Promise<void> {
  const store = await openStore(environment, ledgers);
  while ((await store.database.rows.account.count()) < people) await wait(50);
  await store.database.close();
}

/** One message for each person, as a job puts them in line. */
async function postToAll(environment: Environment): Promise<void> {
  const store = await openStore(environment, ledgers);
  await operate(store, { actor: 'job:campaign', at: new Date() }, async ({ directory, post }) => {
    for (const { id } of directory.people)
      post({ key: `campaign:${id}`, personId: id, content: digest(id), job: 'leaders-digest' });
  });
  await store.database.close();
}

const digest = (personId: string): Content => ({
  kind: 'notice',
  title: `清廉周报（示例 ${personId}）`,
  tone: 'plain',
  sections: [
    {
      heading: '整改台账',
      lines: ['上周新增 3 · 办结 2', '在办 14'],
      chart: {
        shape: 'bars',
        title: '近 4 周',
        labels: ['11-02', '11-09', '11-16', '11-23'],
        series: [{ name: '办结', values: [1, 4, 2, 2] }],
      },
    },
  ],
  actions: [{ action: '统计', label: '统计' }],
});

const isSend = ({ method, path }: ApiCall) => method === 'POST' && path === '/open-apis/im/v1/messages';
const isDigest = (call: ApiCall) => isSend(call) && String(call.body.content).includes('清廉周报');

function failNowAndThen(standIn: StandIn, { failing, seed }: DigestOptions): void {
  const random = randomFrom(seed);
  const faults: readonly Fault[] = [
    {
      status: 429,
      body: { code: 99991400, msg: 'throttled' },
      headers: { 'x-ogw-ratelimit-reset': String(RESET_SECONDS) },
    },
    { status: 502, body: 'bad gateway' },
    'lost',
  ];
  standIn.onCall = (call) => (isSend(call) && random.chance(failing / 100) ? random.pick(faults) : undefined);
}

interface Answer {
  uuid: string;
  ms: number;
}

/** Writes again and again until everybody has the digest. @returns how long each answer took */
async function keepWriting(standIn: StandIn, openId: string, isDone: () => boolean): Promise<Answer[]> {
  const answers: Answer[] = [];
  const seen = () =>
    standIn.messages(openId).filter(({ content }) => !JSON.stringify(content).includes('清廉周报'));
  while (!isDone()) {
    const before = seen().length;
    const begun = performance.now();
    await standIn.say(openId, '我的报告');
    while (seen().length === before) await wait(5);
    answers.push({ uuid: seen().at(-1)?.uuid ?? '', ms: performance.now() - begun });
    await wait(PAUSE_BETWEEN_WORDS_MS);
  }
  return answers;
}

function gotIt(standIn: StandIn, openIds: readonly string[]): { once: number; more: number; never: number } {
  const counts = openIds.map(
    (openId) =>
      standIn.messages(openId).filter(({ content }) => JSON.stringify(content).includes('清廉周报')).length,
  );
  return {
    once: counts.filter((count) => count === 1).length,
    more: counts.filter((count) => count > 1).length,
    never: counts.filter((count) => count === 0).length,
  };
}

function report(
  standIn: StandIn,
  openIds: readonly string[],
  calls: readonly ApiCall[],
  answers: readonly Answer[],
  perSecond: number,
): DigestReport {
  const sends = calls.filter(isSend);
  const digests = calls.filter(isDigest);
  const failed = sends.filter(({ status, outcome }) => status !== 200 || outcome !== 'answered');
  return {
    ...gotIt(standIn, openIds),
    calls: sends.length,
    failed: failed.length,
    tookMs: Math.max(...digests.map(({ at }) => at)) - Math.min(...digests.map(({ at }) => at)),
    allowedMs: (sends.length / perSecond) * 1000 + pausedMs(sends),
    ...sortedOut(standIn, answers),
  };
}

function sortedOut(standIn: StandIn, answers: readonly Answer[]): Pick<DigestReport, 'answersMs' | 'putOff'> {
  const refused = new Set(
    standIn.calls.filter(({ status }) => status === 429).map(({ body }) => String(body.uuid)),
  );
  const own = answers.filter(({ uuid }) => !refused.has(uuid));
  return { answersMs: own.map(({ ms }) => ms), putOff: answers.length - own.length };
}

/** For how long the platform itself took nothing: pauses that overlap count once. */
function pausedMs(sends: readonly ApiCall[]): number {
  let paused = 0;
  let until = 0;
  for (const { at, status } of sends) {
    if (status !== 429) continue;
    paused += at + RESET_SECONDS * 1000 - Math.max(at, until);
    until = at + RESET_SECONDS * 1000;
  }
  return paused;
}
