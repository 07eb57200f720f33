import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { openLarkApi } from '../bot/lark/calls/lark-api.ts';
import { defaultLimits } from '../bot/lark/calls/limits.ts';
import { AppType, Client, LoggerLevel } from '../bot/lark/sdk.ts';
import { type BenchCase, benchCase, type Round } from './table.ts';
import { quantile } from './webhook-load.ts';

const ROUNDS = 5;
const CALLS = 2000;
const AT_ONCE = 32;
const MANY = 100_000;
const RECEIVERS = 100;
const CARD = JSON.stringify({ schema: '2.0', body: { text: '示例：一张卡片的内容。'.repeat(80) } });
const ACCESS = { appId: 'cli_0123456789abcdef', appSecret: '示例' };

/** Messages sent by our client, with its pace and its judgement of every answer, and by the SDK as it comes. */
export async function measureOutgoing(): Promise<BenchCase> {
  const platform = spawn(process.execPath, [fileURLToPath(new URL('answering.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const baseUrl = `http://127.0.0.1:${(await once(createInterface({ input: platform.stdout }), 'line'))[0]}`;
    const [ours, sdks] = [ourCall(baseUrl), sdkCall(baseUrl)];
    await inParallel(ours);
    await inParallel(sdks);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const reference = await inParallel(sdks);
      const measured = await inParallel(ours);
      rounds.push({ ...measured, ratio: measured.perSecond / reference.perSecond });
    }
    return benchCase('outgoing', rounds, { against: "the SDK's client with its default HTTP client" });
  } finally {
    platform.kill();
  }
}

function ourCall(baseUrl: string): (uuid: string) => Promise<unknown> {
  // Nobody waits for his turn: what is measured is the client.
  const limits = {
    ...defaultLimits,
    ...{ perSecond: MANY, perMinute: MANY, perPerson: MANY, perGroup: MANY, perCard: MANY },
  };
  const log = pino({ level: 'silent' });
  const world = { limits, timeoutMs: 10_000, now: () => performance.now(), log };
  const api = openLarkApi({ ...ACCESS, baseUrl }, world);
  return (uuid) =>
    api.send({ uuid, to: { type: 'open_id', id: receiverOf(uuid) }, card: CARD, urgent: true });
}

function sdkCall(baseUrl: string): (uuid: string) => Promise<unknown> {
  const client = new Client({
    ...ACCESS,
    appType: AppType.SelfBuild,
    domain: baseUrl,
    loggerLevel: LoggerLevel.fatal,
  });
  return (uuid) =>
    client.im.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: receiverOf(uuid), msg_type: 'interactive', content: CARD, uuid },
    });
}

const receiverOf = (uuid: string): string => `ou_${Number(uuid) % RECEIVERS}`;

let sent = 0;

async function inParallel(call: (uuid: string) => Promise<unknown>) {
  const eachMs: number[] = [];
  let left = CALLS;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) {
        const at = performance.now();
        await call(String(sent++));
        eachMs.push(performance.now() - at);
      }
    }),
  );
  const perSecond = (CALLS / (performance.now() - began)) * 1000;
  eachMs.sort((one, other) => one - other);
  return { perSecond, p50Ms: quantile(eachMs, 0.5), p99Ms: quantile(eachMs, 0.99) };
}
