import type { Logger } from 'pino';
import { LOGIN_WORD } from '../../handlers/platform-login.ts';
import type { Content } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import { tellAdministrators } from '../tell-administrators.ts';
import { WECHAT } from './acquaintances.ts';

/** Where it stands that WeChat is not there and the administrators know: a restart tells nobody again. */
const NAME = 'wechat-outage';

/** Tells the administrators when WeChat is not there, once until it is again. */
export interface Outage {
  /** WeChat is not there: if that stays so for a while, it is told. */
  begins(): void;
  /** It is there. */
  ends(): void;
  stop(): Promise<void>;
}

export interface OutageWorld {
  store: Store;
  now: () => Date;
  /** What comes back by itself in this time is told to nobody. */
  tellAfterMs: number;
  /** The platform on which everybody has an account, if there is one. */
  everybody?: string | undefined;
  /** There is something to deliver. */
  recorded: () => void;
  log: Logger;
}

export function openOutage({ store, now, tellAfterMs, everybody, recorded, log }: OutageWorld): Outage {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<unknown>) => {
    writing = writing
      .then(work)
      .catch((fault) => log.error({ err: fault }, 'the WeChat outage was not recorded'));
  };

  async function tell(): Promise<void> {
    const told = await store.database.write(async (rows) => {
      if (await rows.meta.findUnique({ where: { name: NAME } })) return 0;
      const at = now();
      await rows.meta.create({ data: { name: NAME, value: at.toISOString() } });
      const key = `${WECHAT}-outage:${at.toISOString()}`;
      return tellAdministrators(store, rows, { platform: WECHAT, key, content: OFFLINE, at, everybody });
    });
    if (told > 0) recorded();
  }

  return {
    begins() {
      timer ??= setTimeout(() => inTurn(tell), tellAfterMs);
    },
    ends() {
      clearTimeout(timer);
      timer = undefined;
      inTurn(() => store.database.write((rows) => rows.meta.deleteMany({ where: { name: NAME } })));
    },
    async stop() {
      clearTimeout(timer);
      await writing;
    },
  };
}

const OFFLINE: Content = {
  kind: 'notice',
  title: '微信已掉线',
  tone: 'red',
  sections: [
    {
      lines: [
        '现在收不到微信上发来的消息，也发不出去；要发的消息会等着，掉线期间别人发来的可能收不到。',
        `请用机器人的微信号扫码登录：发送「${LOGIN_WORD}」查看当前的二维码。`,
        '恢复以前不再重复提示。',
      ],
    },
  ],
  actions: [{ action: LOGIN_WORD, label: LOGIN_WORD, style: 'primary' }],
};
