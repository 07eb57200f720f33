import { timingSafeEqual } from 'node:crypto';
import type { LarkSettings } from '../../../config/environment.ts';
import { type Discovery, endpointDiscovery } from '../receiving/endpoint-discovery.ts';
import type { Application } from './application.ts';
import { type Check, type Finding, failure, NotChecked, ok, warning } from './check.ts';
import { PAGES, RELEASE } from './console-pages.ts';
import type { LookedAt } from './looked-at.ts';

/** Where the house listens for pushes. */
const PATH = '/webhook/lark';
const TIMEOUT_MS = 5000;

type Mode = LarkSettings['transport'];

/** 收发方式: LARK_TRANSPORT is what the console says, and the way is open. */
export const transportCheck = ({ settings, application }: LookedAt): Check => ({
  title: '接收方式',
  async run() {
    const app = await application();
    const { transport } = settings;
    const asSet = typeof app === 'string' ? [unknownMode(transport, app)] : modeFindings(settings, app);
    if (transport === 'webhook') return asSet;
    return [...asSet, endpointFinding(await discover(settings))];
  },
});

const CHOICES: Readonly<Record<Mode, string>> = {
  websocket: '「使用长连接接收」[Receive through persistent connection]',
  webhook: `「发送至开发者服务器」[Send to developer's server]，请求地址 https://<公网域名>${PATH}`,
};

const unknownMode = (transport: Mode, why: string): Finding =>
  warning(
    `未能核对订阅方式：${why}`,
    `LARK_TRANSPORT=${transport}：请到${PAGES.events}和${PAGES.callbacks}看一眼，「订阅方式」都应为${CHOICES[transport]}。`,
  );

function modeFindings({ transport, encryptKey }: LarkSettings, app: Application): Finding[] {
  const parts = [
    { what: '事件', page: PAGES.events, mode: app.event?.subscription_type, url: app.event?.request_url },
    {
      what: '回调',
      page: PAGES.callbacks,
      mode: app.callback_info?.callback_type,
      url: app.callback_info?.request_url,
    },
  ];
  const findings = parts.map((part) => {
    if (!part.mode) return unknownMode(transport, `平台没有给出${part.what}的订阅方式`);
    if (part.mode !== transport) return wrongMode(part, transport);
    return transport === 'webhook' ? urlFinding(part) : ok(`${part.what}经长连接接收`);
  });
  return transport === 'webhook' ? [...findings, ...keyFindings(app, encryptKey)] : findings;
}

const wrongMode = (part: { what: string; page: string; mode?: string | null | undefined }, transport: Mode) =>
  failure(
    `${part.what}的订阅方式是 ${part.mode}，而 LARK_TRANSPORT=${transport}：收不到${part.what}`,
    `到${part.page}把「订阅方式」[Subscription mode] 改为${CHOICES[transport]}；保存长连接时服务须在运行。或把 .env 的 LARK_TRANSPORT 改为 ${part.mode}。`,
    RELEASE,
  );

function urlFinding({
  what,
  page,
  url,
}: {
  what: string;
  page: string;
  url?: string | null | undefined;
}): Finding {
  const found = url ? URL.parse(url) : null;
  if (!found || found.pathname !== PATH) {
    return failure(
      `${what}的请求地址${url ? '不是' : '没有填写，应为'} https://<公网域名>${PATH}`,
      `到${page}，「订阅方式」的请求地址 [Request URL] 填 https://<公网域名>${PATH}；保存时平台会发来校验，服务须在运行。`,
    );
  }
  if (found.protocol !== 'https:' && found.hostname !== '127.0.0.1')
    return warning(
      `${what}推送到 ${found.origin}${PATH}，未用 https`,
      '请在反向代理上配好证书，改用 https。',
    );
  return ok(`${what}推送到 ${found.origin}${PATH}`);
}

/** The keys are compared and never shown. */
function keyFindings({ encryption }: Application, encryptKey = ''): Finding[] {
  const theirs = encryption?.encryption_key;
  if (theirs === undefined || theirs === null)
    return [ok('LARK_ENCRYPT_KEY 已设置（平台没有给出它那边的，保存请求地址时会校验）')];
  if (isSame(theirs, encryptKey)) return [ok('LARK_ENCRYPT_KEY 与平台一致')];
  return [
    failure(
      'LARK_ENCRYPT_KEY 与平台的 Encrypt Key 不一致：推送都会被拒收',
      `到${PAGES.encryption}复制 Encrypt Key 到 .env，重启服务。`,
    ),
  ];
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Asks for the address of the long connection, and does not connect. */
async function discover({ appId, appSecret, baseUrl }: LarkSettings): Promise<Discovery> {
  let discovery: Discovery = 'unreachable';
  const endpoint = endpointDiscovery({
    baseUrl,
    timeoutMs: TIMEOUT_MS,
    stopped: new AbortController().signal,
    onAnswer: (answer) => {
      discovery = answer;
    },
  });
  const data = { AppID: appId, AppSecret: appSecret };
  await endpoint.request({ method: 'POST', url: `${baseUrl}/callback/ws/endpoint`, data });
  return discovery;
}

function endpointFinding(discovery: Discovery): Finding {
  if (discovery === 'found') return ok('平台给出了长连接的地址');
  if (typeof discovery === 'object') {
    return failure(
      `平台不给长连接的地址（代码 ${discovery.refused}）`,
      `长连接只给企业自建应用，最多 50 条：确认应用是自建应用、已发布、没有别处用同一应用开着太多连接。`,
    );
  }
  if (discovery === 'busy') return warning('平台忙，暂不给长连接的地址', '服务会自己再试；过几分钟再体检。');
  if (discovery === 'unusable')
    return failure('平台答复里没有可用的长连接地址', '检查 LARK_BASE_URL 是否指向飞书或 Lark。');
  throw new NotChecked('平台没有答复');
}
