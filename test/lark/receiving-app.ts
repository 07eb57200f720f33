import { pino } from 'pino';
import { type DispatcherOptions, openDispatcher } from '../../bot/lark/receiving/dispatcher.ts';
import { openLongConnection } from '../../bot/lark/receiving/long-connection.ts';
import { webhookEndpoint } from '../../bot/lark/receiving/webhook.ts';
import { close, listen, webServer } from '../../web/server.ts';
import type { ToldHouse } from './receiving-push.ts';
import type { StandIn } from './stand-in/stand-in.ts';

/** As fast as a test can wait for. */
export const FAST = { firstMs: 40, mostMs: 200, checkMs: 20, tellAfterMs: 250, random: () => 0.5 };

export const WAYS = ['webhook', 'connection'] as const;

/** The receiving half of the bot, set up on the stand-in. */
export interface ReceivingApp {
  stop(): Promise<void>;
  /** Everything that was logged, in one piece. */
  logged(): string;
}

export async function openApp(
  way: (typeof WAYS)[number],
  standIn: StandIn,
  house: ToldHouse,
): Promise<ReceivingApp> {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const { botOpenId, address } = standIn;
  const now = () => new Date();
  const options: DispatcherOptions = { botOpenId: () => botOpenId, platform: 'lark', now, log };
  const dispatcher = openDispatcher(house, options);
  const logged = () => lines.join('');
  if (way === 'connection') {
    const settings = { ...standIn, baseUrl: address };
    const connection = openLongConnection(settings, {
      dispatcher,
      now: () => Date.now(),
      log,
      backoff: FAST,
    });
    await connection.start();
    while (!connection.ready()) await new Promise((resolve) => setTimeout(resolve, 5));
    return { logged, stop: () => connection.stop() };
  }
  const endpoint = webhookEndpoint(standIn, {
    invoke: (body) => dispatcher.invoke(body, { needCheck: false }),
    now,
    log,
    replayWindowMs: 300_000,
    deadlineMs: 900,
  });
  const server = webServer([endpoint], log);
  standIn.pushTo(`${await listen(server, '127.0.0.1', 0)}/webhook/lark`);
  return { logged, stop: () => close(server) };
}
