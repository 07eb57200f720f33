import { inSeconds } from '../../bot/limits/rate.ts';
import type { EndpointReply } from '../../bot/platform.ts';
import { sentence } from '../page/page.ts';

interface Wait {
  status: 429 | 503;
  /** For programs. */
  code: string;
  said: string;
  waitMs: number;
}

/** Come later: a page for whoever reads in a browser, JSON for programs, and for both when. */
export function waitAnswer(accept: string | undefined, { status, code, said, waitMs }: Wait): EndpointReply {
  const headers = { 'retry-after': String(inSeconds(waitMs)), 'cache-control': 'no-store' };
  if (/\btext\/html\b/u.test(accept ?? '')) {
    const page = sentence(said, status);
    return { ...page, headers: { ...page.headers, ...headers } };
  }
  const body = JSON.stringify({ error: { code, message: said } });
  return { status, type: 'application/json; charset=utf-8', body, headers };
}

const askedTooMuch =
  (who: string) =>
  (accept: string | undefined, waitMs: number): EndpointReply =>
    waitAnswer(accept, {
      status: 429,
      code: 'too-many',
      said: `${who}访问太频繁，这一次没有处理。请等 ${inSeconds(waitMs)} 秒后再试。`,
      waitMs,
    });

/** Of one address. */
export const tooMany = askedTooMuch('您所在的网络地址');

/** Of one person. */
export const tooManyOfYours = askedTooMuch('您');

export const tooBusy = (accept: string | undefined, waitMs = 5000): EndpointReply =>
  waitAnswer(accept, {
    status: 503,
    code: 'busy',
    said: '现在使用的人较多，这一次没有收下，也没有办理。请稍后再试。',
    waitMs,
  });
