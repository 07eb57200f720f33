import { type Check, failure, ok, warning } from '../../bot/lark/doctor/check.ts';
import type { Environment } from '../../config/environment.ts';
import { readRules } from '../../config/rules.ts';
import { original } from './original.ts';

/** 设置: what was read from the environment and the rules, and what of it is unwise. */
export const settingsCheck = (environment: Environment): Check => ({
  title: '设置',
  async run() {
    const { lark, wechat, localChat, rulesFile } = environment;
    const findings = [ok(lark ? `.env 齐全，LARK_TRANSPORT=${lark.transport}` : '.env 可用')];
    if (!lark) {
      findings.push(
        warning(
          '没有配置飞书：LARK_APP_ID 和 LARK_APP_SECRET 都是空的，只检查其余各项',
          '按 docs/lark-setup.md 建应用，把两项填进 .env。',
        ),
      );
    }
    if (lark && localChat) {
      findings.push(
        warning(
          '本机演示聊天（LOCAL_CHAT=on）开着：谁都能以任何人的身份说话',
          '正式使用请删去 LOCAL_CHAT 或设为 off。',
        ),
      );
    }
    if (lark?.transport === 'webhook' && !lark.verificationToken) {
      findings.push(
        warning(
          'LARK_VERIFICATION_TOKEN 没有填：少一道核对',
          '从「事件与回调 → 加密策略」复制 Verification Token。',
        ),
      );
    }
    if (
      lark &&
      !lark.baseUrl.startsWith('https:') &&
      !/^http:\/\/127\.0\.0\.1[:/]/.test(`${lark.baseUrl}/`)
    ) {
      findings.push(
        failure('LARK_BASE_URL 不是 https：App Secret 会明文传出去', '改为 https://open.feishu.cn。'),
      );
    }
    try {
      await readRules(rulesFile);
      if ((lark || wechat) && !environment.publicUrl) {
        findings.push(
          warning(
            '没有填 PUBLIC_URL：飞书、微信上的人得不到页面链接，只在网页上填写、查看的都办不了',
            '在 .env 填 PUBLIC_URL，写人们的浏览器能打开的 https 地址，例如 https://ledger.example.cn。',
          ),
        );
      }
    } catch (fault) {
      findings.push(failure(`规则文件有误${original(fault)}`, '对照 qinglian.example.yaml 改正。'));
    }
    return findings;
  },
});
