import type { Logger } from 'pino';
import { webhookEndpoint } from '../../bot/lark/receiving/webhook.ts';
import { close, listen, webServer } from '../../web/server.ts';
import { APP_ID, ENCRYPT_KEY, NOW, TOKEN } from './receiving-push.ts';

export const MINUTE_MS = 60_000;

/** The webhook on a web server of its own. */
export interface Endpoint {
  readonly address: string;
  close(): Promise<void>;
}

interface EndpointOptions {
  /** Carries out what the webhook lets through. */
  invoke: (body: object) => Promise<unknown>;
  log: Logger;
  deadlineMs: number;
  now?: () => Date;
  /** An empty one is none. */
  verificationToken?: string;
}

export async function openEndpoint({
  log,
  now = () => NOW,
  verificationToken = TOKEN,
  ...more
}: EndpointOptions): Promise<Endpoint> {
  const settings = {
    appId: APP_ID,
    encryptKey: ENCRYPT_KEY,
    ...(verificationToken && { verificationToken }),
  };
  const endpoint = webhookEndpoint(settings, { ...more, now, log, replayWindowMs: 5 * MINUTE_MS });
  const server = webServer([endpoint], log);
  const address = `${await listen(server, '127.0.0.1', 0)}/webhook/lark`;
  return { address, close: () => close(server) };
}
