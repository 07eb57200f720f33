import { LarkFailure } from '../calls/lark-failure.ts';
import { isUntrusted } from '../calls/unconnected.ts';
import { type Check, failure, NotChecked, ok, once, warning } from './check.ts';
import { PAGES } from './console-pages.ts';
import type { LookedAt } from './looked-at.ts';

const TIMEOUT_MS = 5000;
const SKEW_WARNING_MS = 60_000;
const SKEW_FAILURE_MS = 5 * 60_000;

interface Reached {
  tookMs: number;
  /** The platform's clock minus ours; `undefined` where it does not say. */
  aheadMs: number | undefined;
}

/** 平台 and 时钟: by a call that needs no token. */
export function platformChecks({ settings, now }: LookedAt): Check[] {
  const { baseUrl } = settings;
  const reach = once(() => reached(baseUrl, now));
  return [
    {
      title: '平台',
      async run() {
        try {
          return [ok(`${baseUrl} 可以连通（${Math.round((await reach()).tookMs)} 毫秒）`)];
        } catch (fault) {
          return [failure(`${baseUrl} 连不通：${faultOf(fault)}`, ...hintsFor(fault), ADDRESS_HINT)];
        }
      },
    },
    { title: '时钟', run: async () => [clockFinding(await reach().catch(notReached))] },
  ];
}

function notReached(): never {
  throw new NotChecked('先解决「平台」');
}

function clockFinding({ aheadMs }: Reached) {
  if (aheadMs === undefined) return warning('平台没有报时，未能核对', '用 timedatectl 确认已开启时间同步。');
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const said = `本机比平台${aheadMs > 0 ? '慢' : '快'} ${seconds} 秒`;
  const hint = '开启时间同步（如 timedatectl set-ntp true），再重启服务。';
  if (Math.abs(aheadMs) > SKEW_FAILURE_MS)
    return failure(`${said}：推送的签名会被当作过期而拒收，提醒也会错时`, hint);
  if (Math.abs(aheadMs) > SKEW_WARNING_MS) return warning(said, hint);
  return ok(`与平台相差 ${seconds} 秒`);
}

/** @throws whatever fetch throws, and Error where something else than the platform answers */
async function reached(baseUrl: string, now: () => Date): Promise<Reached> {
  const startedAt = performance.now();
  const response = await fetch(`${baseUrl}/open-apis/bot/v3/info`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (typeof answer !== 'object' || answer === null || !('code' in answer))
    throw new Error(`答复的不是飞书（HTTP ${response.status}），可能是代理或登录页`);
  const tookMs = performance.now() - startedAt;
  const platformMs = Date.parse(response.headers.get('date') ?? '');
  // The header has whole seconds, so that it is half a second late in the mean.
  const aheadMs = platformMs + 500 - (now().getTime() - tookMs / 2);
  return { tookMs, aheadMs: Number.isNaN(platformMs) ? undefined : aheadMs };
}

const ADDRESS_HINT =
  '检查 .env 的 LARK_BASE_URL：飞书是 https://open.feishu.cn，Lark 是 https://open.larksuite.com。';
const NETWORK_HINT = '在这台机器上检查 DNS、防火墙和出口代理；长连接要求能直接访问该地址的 443 端口。';
const CERTIFICATE_HINTS = [
  '单位的网络用自己的证书查看出口流量时，请管理员把那张根证书装进这台机器的系统信任库（做法见 docs/operating.md 的 Certificates），再重启服务。',
  '证书已过期，或本机时钟不准，也会这样。不要为此关闭证书校验：应用密钥会交给冒充平台的人。',
];

const hintsFor = (fault: unknown): readonly string[] =>
  isUntrusted(codeOf(fault)) ? CERTIFICATE_HINTS : [NETWORK_HINT];

const codeOf = (fault: unknown): string | undefined => {
  const cause = fault instanceof Error ? fault.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
};

/** What lies behind 「fetch failed」; names of hosts at most. */
function faultOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  if (fault.name === 'TimeoutError') return `${TIMEOUT_MS / 1000} 秒没有答复`;
  const code = codeOf(fault);
  if (isUntrusted(code)) return `平台出示的证书不受信任（${code}）`;
  if (code !== undefined) return KNOWN_FAULTS[code] ?? code;
  const { cause } = fault;
  return cause instanceof Error ? cause.message : fault.message;
}

const KNOWN_FAULTS: Readonly<Record<string, string>> = {
  ENOTFOUND: '域名解析不到（ENOTFOUND）',
  EAI_AGAIN: '域名解析没有答复（EAI_AGAIN）',
  ECONNREFUSED: '连接被拒绝（ECONNREFUSED）',
  ECONNRESET: '连接被断开（ECONNRESET）',
  UND_ERR_CONNECT_TIMEOUT: '连接超时',
};

/** 凭证: whether the platform knows the app by its id and secret. */
export const credentialsCheck = ({ settings, token }: LookedAt): Check => ({
  title: '凭证',
  async run() {
    try {
      await token();
      return [ok(`平台认得 ${settings.appId}，已取得访问凭证`)];
    } catch (fault) {
      if (!(fault instanceof LarkFailure)) throw fault;
      if (fault.code === 0) throw new NotChecked('先解决「平台」');
      return [
        failure(
          `平台不认 LARK_APP_ID 或 LARK_APP_SECRET（代码 ${fault.code}）`,
          `到${PAGES.credentials}重新复制 App ID 和 App Secret 到 .env；重置过 App Secret 的，旧的已失效。`,
          '飞书（open.feishu.cn）与 Lark（open.larksuite.com）的应用不通用：检查 LARK_BASE_URL。',
        ),
      ];
    }
  },
});
