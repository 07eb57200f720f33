import { type Check, type Finding, failure, NotChecked, ok, warning } from '../../bot/lark/doctor/check.ts';
import type { Environment, WechatSettings } from '../../config/environment.ts';
import { WECHAT } from '../../ledger/binding/by-code.ts';
import { openKeyFile } from '../../ledger/key-file.ts';
import { sealingKeys } from '../../ledger/key-ring.ts';
import { keysInUse } from '../../ledger/keys-in-use.ts';
import { readPlatformLogin } from '../../ledger/platform-login.ts';
import type { Rows } from '../../prisma/database.ts';
import { hasKey } from './house-record.ts';
import { original } from './original.ts';

/** 微信: what it needs is installed, somebody gives out binding codes, somebody logged in, and people are bound. */
export const wechatCheck = (
  environment: Environment,
  settings: WechatSettings,
  rows: () => Promise<Rows>,
): Check => ({
  title: '微信',
  async run() {
    const { lark, localChat } = environment;
    return [
      await installedFinding(settings),
      ...(lark || localChat
        ? []
        : [
            failure(
              '只配置了微信：没有地方领取绑定码，谁都用不了',
              '绑定码在飞书里领取：按 docs/lark-setup.md 配置飞书。',
            ),
          ]),
      ...(await recordFindings(environment, rows)),
    ];
  },
});

/** Nothing of WeChat is loaded by who does not look at it. */
async function installedFinding(settings: WechatSettings): Promise<Finding> {
  const { requireWechat } = await import('../../bot/wechat/open-wechat.ts');
  try {
    requireWechat(settings);
    return ok('wechaty 和 WECHAT_PUPPET 已安装');
  } catch (fault) {
    return failure(
      `服务起不来：wechaty 或 WECHAT_PUPPET 没有找到${original(fault)}`,
      '照原文所说安装或改正 .env 的 WECHAT_PUPPET；接口包在每次 npm ci 以后要再装一次。',
    );
  }
}

async function recordFindings(environment: Environment, rows: () => Promise<Rows>): Promise<Finding[]> {
  const record = await rows().catch((fault: unknown) => {
    if (fault instanceof NotChecked) return undefined;
    throw fault;
  });
  if (!record) return [warning('未检查登录和绑定：先解决「台账」')];
  const bound = await record.account.count({ where: { platform: WECHAT, person: { active: true } } });
  const login = await lastLogin(environment, record).catch(() => undefined);
  return [
    login === undefined
      ? warning('机器人的微信号还没有登录过', '启动服务，由系统管理员发送「微信登录」扫码。')
      : ok(`上次登录 ${login}`),
    bound > 0
      ? ok(`已绑定 ${bound} 人`)
      : warning('还没有人绑定微信', '请各人在飞书里私聊机器人，发送「绑定微信」。'),
  ];
}

async function lastLogin(environment: Environment, rows: Rows): Promise<string | undefined> {
  if (!(await hasKey(rows, environment))) return undefined;
  const keys = sealingKeys(await openKeyFile(environment.keyFile, await keysInUse(rows)));
  return (await readPlatformLogin(rows, { keys }, WECHAT))?.loggedInAt;
}
