import * as z from 'zod';
import { addresses } from './addresses.ts';

const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.string().optional(),
  QINGLIAN_CONFIG: z.string().default('./qinglian.yaml'),
  QINGLIAN_KEY_FILE: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  TRUST_PROXY: z.string().default('').transform(addresses),
  LOCAL_CHAT: z.enum(['on', 'off']).optional(),
  LARK_APP_ID: z
    .string()
    .regex(
      /^cli_[0-9a-fA-F]{16}$/,
      'expected the App ID of the developer console, such as cli_ and 16 hex digits',
    )
    .optional(),
  LARK_APP_SECRET: z.string().optional(),
  LARK_TRANSPORT: z.enum(['websocket', 'webhook']).default('websocket'),
  LARK_ENCRYPT_KEY: z.string().optional(),
  LARK_VERIFICATION_TOKEN: z.string().optional(),
  LARK_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://open.feishu.cn'),
  WECHAT_PUPPET: z
    .string()
    .regex(
      /^(?:\/.+|(?:@[a-z0-9._-]+\/)?[a-z0-9][a-z0-9._-]*)$/,
      'expected the name of a puppet package, such as wechaty-puppet-service, or the absolute path of a file',
    )
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** What the operator set, checked, with everything that follows from it. */
export interface Environment {
  host: string;
  port: number;
  databaseUrl: string;
  rulesFile: string;
  keyFile: string;
  localChat: boolean;
  /** Where people's browsers reach the service, such as `https://ledger.example.cn`; absent: on this machine at the address that it listens on, elsewhere nowhere. */
  publicUrl?: string;
  /** Whether it listens on this machine only. */
  onLoopback: boolean;
  /** Addresses and networks of the proxies in front, whose word is taken for who asked them. */
  trustedProxies: readonly string[];
  /** Absent where no Feishu or Lark app is configured. */
  lark?: LarkSettings;
  /** Absent where no WeChat puppet is configured. */
  wechat?: WechatSettings;
  logLevel: string;
}

/** An app in a Feishu or Lark tenant. */
export interface LarkSettings {
  appId: string;
  appSecret: string;
  /** `https://open.feishu.cn`, or `https://open.larksuite.com`. */
  baseUrl: string;
  transport: 'websocket' | 'webhook';
  /** Always there with the transport `webhook`. */
  encryptKey?: string;
  verificationToken?: string;
  /** Calls to the platform leave by a proxy. */
  isProxied?: boolean;
}

/** WeChat through a puppet of wechaty. */
export interface WechatSettings {
  /** A package, or the absolute path of a file. */
  puppet: string;
  /** What the puppet needs: every variable whose name begins with `WECHATY_`. */
  variables: Readonly<Record<string, string>>;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/**
 * @param variables the process's environment; empty values count as absent
 * @throws Error in English, for the operator, naming each wrong setting
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(given);
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Wrong settings: ${wrong.join('; ')}`);
  }
  const settings = result.data;
  const lark = larkSettings(settings);
  const onLoopback = LOOPBACK.has(settings.HOST);
  if (settings.LOCAL_CHAT === 'on' && !onLoopback) {
    throw new Error(
      `LOCAL_CHAT=on lets anybody speak as anybody, so HOST must be 127.0.0.1, found ${settings.HOST}`,
    );
  }
  const publicUrl = settings.PUBLIC_URL && publicOrigin(settings.PUBLIC_URL);
  return {
    host: settings.HOST,
    port: settings.PORT,
    databaseUrl: settings.DATABASE_URL ?? `file:${settings.DATA_DIR}/qinglian.db`,
    rulesFile: settings.QINGLIAN_CONFIG,
    keyFile: settings.QINGLIAN_KEY_FILE ?? `${settings.DATA_DIR}/qinglian.key`,
    localChat: settings.LOCAL_CHAT
      ? settings.LOCAL_CHAT === 'on'
      : onLoopback && !lark && !settings.WECHAT_PUPPET,
    onLoopback,
    trustedProxies: settings.TRUST_PROXY,
    ...(publicUrl && { publicUrl }),
    ...(lark && { lark: { ...lark, ...(isProxied(given) && { isProxied: true }) } }),
    ...(settings.WECHAT_PUPPET && { wechat: wechatSettings(settings.WECHAT_PUPPET, given) }),
    logLevel: settings.LOG_LEVEL,
  };
}

/** As programs are told by custom; NO_PROXY is read by whoever speaks with the proxy. */
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

const isProxied = (given: Readonly<Record<string, string | undefined>>): boolean =>
  PROXIES.some((name) => given[name] !== undefined);

/** What pages carry is confidential: it goes over https, or stays on this machine. */
function publicOrigin(given: string): string {
  const { protocol, hostname, origin, pathname, search, hash, username } = new URL(given);
  const isLocal = protocol === 'http:' && LOOPBACK.has(hostname.replace(/^\[|\]$/g, ''));
  if (protocol !== 'https:' && !isLocal) {
    throw new Error(`PUBLIC_URL must begin with https:// (http:// on this machine only), found ${given}`);
  }
  if (pathname !== '/' || search || hash || username) {
    throw new Error(`PUBLIC_URL is scheme, host and port alone, such as ${origin}, found ${given}`);
  }
  return origin;
}

function wechatSettings(puppet: string, given: Readonly<Record<string, string | undefined>>): WechatSettings {
  const its = Object.entries(given).filter(
    (entry): entry is [string, string] => entry[0].startsWith('WECHATY_') && entry[1] !== undefined,
  );
  return { puppet, variables: Object.fromEntries(its) };
}

function larkSettings(settings: z.infer<typeof environmentSchema>): LarkSettings | undefined {
  const { LARK_APP_ID: appId, LARK_APP_SECRET: appSecret, LARK_TRANSPORT: transport } = settings;
  const { LARK_ENCRYPT_KEY: encryptKey, LARK_VERIFICATION_TOKEN: verificationToken } = settings;
  if (!appId && !appSecret) return undefined;
  if (!appId || !appSecret) {
    throw new Error(
      `LARK_APP_ID and LARK_APP_SECRET belong together: ${appId ? 'the secret' : 'the id'} is missing`,
    );
  }
  if (transport === 'webhook' && !encryptKey) {
    throw new Error(
      'LARK_TRANSPORT=webhook needs LARK_ENCRYPT_KEY: without it anybody could sign a request (developer console: Events & Callbacks, Encryption Strategy)',
    );
  }
  return {
    appId,
    appSecret,
    baseUrl: settings.LARK_BASE_URL.replace(/\/+$/, ''),
    transport,
    ...(encryptKey && { encryptKey }),
    ...(verificationToken && { verificationToken }),
  };
}
