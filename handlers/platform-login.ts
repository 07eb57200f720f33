import { WECHAT } from '../ledger/binding/by-code.ts';
import { type Content, text } from '../ledger/message.ts';
import { type PlatformLogin, readPlatformLogin } from '../ledger/platform-login.ts';
import { Refusal } from '../ledger/refusal.ts';
import { hasWechat } from './binding.ts';
import type { Asking, Query } from './define.ts';

export const LOGIN_WORD = '微信登录';

/** 微信登录: the QR code that is to be scanned now. Whoever scans it, his account becomes the bot's, so only an administrator sees it. */
export const platformLogin: Query = {
  kind: 'query',
  name: 'platform-login',
  words: [LOGIN_WORD],
  usage: LOGIN_WORD,
  help: '查看微信是否在线、上次登录、绑定了几人；掉线时查看登录二维码',
  group: '查询',
  may: (person) => person.roles.includes('administrator'),
  relevant: async (asking) => hasWechat(asking),
  async answer(asking: Asking): Promise<Content> {
    const { rows, store } = asking;
    const login = hasWechat(asking) ? await readPlatformLogin(rows, store, WECHAT) : undefined;
    if (!login) throw new Refusal('not-enabled', '本单位没有启用微信。');
    const bound = await rows.account.count({ where: { platform: WECHAT, person: { active: true } } });
    const minute = (instant: string) => store.calendar.minuteOf(new Date(instant)).replace('T', ' ');
    const last = login.loggedInAt === undefined ? '还没有登录过' : `上次登录 ${minute(login.loggedInAt)}`;
    return shown(login, minute(login.since), `${last}；已绑定 ${bound} 人。`);
  },
};

function shown({ is, code }: PlatformLogin, since: string, beside: string): Content {
  if (is === 'online') return text(`微信已登录。${beside}`);
  if (is === 'scan' && code !== undefined) return toScan(code, since, beside);
  if (is === 'scan') return text(`已扫码，请在手机上确认登录。${beside}`);
  return text(`微信正在重新启动，几分钟内会有新的二维码。请稍后再发送「${LOGIN_WORD}」。${beside}`);
}

const toScan = (code: string, since: string, beside: string): Content => ({
  kind: 'notice',
  title: '请用机器人的微信号扫码登录',
  tone: 'yellow',
  sections: [
    {
      lines: [`二维码出自 ${since}，几分钟后失效。请勿转发：谁扫码，谁的微信号就成为机器人。`, beside, code],
      qr: code,
    },
  ],
  actions: [{ action: LOGIN_WORD, label: '换新的二维码', style: 'primary' }],
});
