import type { Logger } from 'pino';
import type { LarkSettings } from '../../config/environment.ts';
import type { Rules } from '../../ledger/store.ts';
import type { Endpoint } from '../platform.ts';
import { openLongConnection } from './receiving/long-connection.ts';
import { webhookEndpoint } from './receiving/webhook.ts';
import type { EventDispatcher } from './sdk.ts';

/** How events reach the house: it is called, or it calls. */
export interface Transport {
  readonly endpoints: readonly Endpoint[];
  start(): Promise<void>;
  stop(): Promise<void>;
  ready(): boolean;
  problem(): string | undefined;
}

/** The platform waits for 3 seconds. */
const DEADLINE_MS = 2800;

export interface TransportOptions {
  dispatcher: EventDispatcher;
  rules: Rules;
  now: () => Date;
  log: Logger;
}

export function openTransport(settings: LarkSettings, options: TransportOptions): Transport {
  const { dispatcher, rules, now, log } = options;
  if (settings.transport === 'websocket') {
    const connection = openLongConnection(settings, { dispatcher, now: () => performance.now(), log });
    return {
      endpoints: [],
      start: () => connection.start(),
      stop: () => connection.stop(),
      ready: () => connection.ready(),
      problem: () => connection.problem(),
    };
  }
  const { appId, encryptKey = '', verificationToken } = settings;
  const endpoint = webhookEndpoint(
    { appId, encryptKey, ...(verificationToken && { verificationToken }) },
    {
      invoke: (body) => dispatcher.invoke(body, { needCheck: false }),
      replayWindowMs: rules.lark.replayWindowSeconds * 1000,
      deadlineMs: DEADLINE_MS,
      now,
      log,
    },
  );
  let started = false;
  return {
    endpoints: [endpoint],
    start: async () => {
      started = true;
    },
    stop: async () => {
      started = false;
    },
    ready: () => started,
    problem: () => undefined,
  };
}
