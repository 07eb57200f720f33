import { qrSvg } from '../../ledger/qr.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../platform.ts';
import type { Supervision } from './supervision.ts';

/** Seconds after which the page looks again: codes are good for some minutes. */
const LOOKS_AGAIN = 5;
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * `GET /wechat`: the QR code that is to be scanned now, for whoever works on the machine itself. Whoever scans it, his account
 * becomes the bot's: so it is shown to nobody who comes from elsewhere, not even through a proxy.
 */
export const loginPage = (supervision: () => Supervision | undefined): Endpoint => ({
  method: 'GET',
  path: '/wechat',
  async handle({ headers }) {
    if (!isLocal(headers)) return page(403, '<p>这个页面只能在服务器本机上打开。</p>');
    const running = supervision();
    running?.wake();
    const state = running?.state;
    if (state?.is === 'online') return page(200, `<p>微信已登录：${escaped(state.self.name)}</p>`);
    if (state?.is !== 'scan') return page(200, '<p>正在准备二维码，请稍候。</p>');
    if (state.code === '') return page(200, '<p>已扫码，请在手机上确认登录。</p>');
    const code = await qrSvg(state.code);
    return page(200, `<p>请用机器人的微信号扫码登录。</p><div class="code">${code}</div>`);
  },
});

function isLocal(headers: EndpointRequest['headers']): boolean {
  return LOOPBACK_HOST.test(String(headers.host)) && FORWARDED.every((name) => headers[name] === undefined);
}

const page = (status: number, body: string): EndpointReply => ({
  status,
  type: 'text/html; charset=utf-8',
  headers: {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  },
  body:
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="${LOOKS_AGAIN}">` +
    '<title>微信登录</title><style>body{font:1.2rem sans-serif;text-align:center;margin:3rem}.code svg{width:20rem}</style>' +
    `<h1>微信登录</h1>${body}</html>\n`,
});

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
