import type { Logger } from 'pino';
import type { Store } from '../../ledger/store.ts';
import type { LarkApi } from './calls/lark-api.ts';

/** By what the platform calls the bot, it knows itself where somebody is mentioned in a group. */
export interface BotIdentity {
  openId(): string | undefined;
  /** Asks until it knows, and keeps the answer for the next start. */
  start(): void;
  stop(): void;
}

const KEPT = 'lark-bot-open-id';
const RETRY_MS = 30_000;

/** @param appId another app has another bot */
export async function openBotIdentity(
  store: Store,
  api: LarkApi,
  appId: string,
  log: Logger,
): Promise<BotIdentity> {
  const name = `${KEPT}:${appId}`;
  let openId = (await store.database.rows.meta.findUnique({ where: { name } }))?.value;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const learn = async () => {
    // The answer has no `data`: the bot stands beside the code.
    const answer = await api.request<{ bot?: { open_id?: string } }>({
      api: 'bot.info',
      method: 'GET',
      path: '/open-apis/bot/v3/info',
    });
    const value = answer.bot?.open_id;
    if (!value) throw new Error('bot.info: the answer names no bot; is the bot ability switched on?');
    openId = value;
    await store.database.write((rows) =>
      rows.meta.upsert({ where: { name }, create: { name, value }, update: { value } }),
    );
  };
  const start = () => {
    learn().catch((fault: unknown) => {
      if (stopped) return;
      log.warn(
        { reason: fault instanceof Error ? fault.message : String(fault) },
        'the bot does not know itself yet',
      );
      timer = setTimeout(start, RETRY_MS);
    });
  };
  return {
    openId: () => openId,
    start,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
