import * as z from 'zod';
import { Refusal } from '../../ledger/refusal.ts';
import type { EndpointReply, EndpointRequest } from '../platform.ts';

export const json = (value: unknown, status = 200): EndpointReply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
  headers: { 'cache-control': 'no-store' },
});

const refuse = (code: string, message: string, status: number) => json({ error: { code, message } }, status);

/** Names under which a browser on this machine reaches it. A page from elsewhere that points its own name here is not served. */
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** The answer to who is not a browser or program of this machine's own. */
export function notLocal({ host, origin }: EndpointRequest['headers']): EndpointReply | undefined {
  if (!LOOPBACK_HOST.test(String(host))) return refuse('not-local', '本地聊天只供本机使用。', 403);
  if (origin === undefined || origin === `http://${host}`) return undefined;
  return refuse('not-local', '本地聊天不接受其他网站的请求。', 403);
}

/** Answers what goes wrong in Chinese, and serves this machine's own browsers and programs only. */
export const guarded =
  (handle: (request: EndpointRequest) => Promise<EndpointReply>) =>
  async (request: EndpointRequest): Promise<EndpointReply> => {
    const refusal = notLocal(request.headers);
    if (refusal) return refusal;
    try {
      return await handle(request);
    } catch (fault) {
      if (fault instanceof Refusal) return refuse(fault.code, fault.message, 400);
      throw fault;
    }
  };

/**
 * The request's JSON.
 * @throws Refusal `invalid-input` naming what was found and what is expected
 */
export function readJson<T>(request: EndpointRequest, schema: z.ZodType<T>): T {
  if (!/^application\/json\b/.test(String(request.headers['content-type']))) {
    throw new Refusal('invalid-input', '请求应为 application/json。');
  }
  const parsed = schema.safeParse(parseJson(request.body), { error: inChinese });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '请求'}：${message}`);
  throw new Refusal('invalid-input', `请求有误：${wrong.join('；')}`);
}

const { localeError } = z.locales.zhCN();
const KINDS: Readonly<Record<string, string>> = {
  string: '文字',
  boolean: 'true 或 false',
  number: '数字',
  array: '列表',
  object: '对象',
  record: '对象',
};

/** What was found and what is expected, for a value of the wrong kind; everything else in the library's words. */
function inChinese(issue: z.core.$ZodRawIssue): ReturnType<typeof localeError> {
  if (issue.code !== 'invalid_type') return localeError(issue);
  const { input, expected } = issue;
  const kind = Array.isArray(input) ? 'array' : typeof input;
  const found = input === undefined ? '没有填写' : `收到的是${input === null ? '空值' : KINDS[kind]}`;
  return `应为${KINDS[String(expected)] ?? expected}，${found}`;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal('invalid-input', '请求不是有效的 JSON。');
  }
}
