import { PAGES } from './console-pages.ts';

const OUT_OF_RANGE = `到${PAGES.release}创建版本时，或由管理员在${PAGES.admin}，把「可用范围」[Availability] 设为全局干部职工。`;

const HINTS: Readonly<Record<number, string>> = {
  230013: `收件人不在应用的可用范围内，或已离职：${OUT_OF_RANGE}`,
  230029: '收件人已离职：从通讯录同步后会自动处理。',
  230053: '收件人停用了机器人：请其在飞书里重新打开与机器人的会话。',
  230006: `机器人能力没有启用：见「机器人」一项，${PAGES.bot}。`,
  99991672: '缺少权限：见「权限」一项。',
  99991403: '企业当月的接口调用次数已用完：下月恢复，或升级套餐。',
  230022: '内容未通过平台审核：请以其他方式告知本人。',
  230028: '内容触发了企业的防泄漏规则：请以其他方式告知本人，并请管理员放行本应用。',
  99992351: '账号不属于这个应用：是否换过 LARK_APP_ID？换应用后须重新同步通讯录。',
  230034: '账号不属于这个应用：是否换过 LARK_APP_ID？换应用后须重新同步通讯录。',
};

/** What to do about a message that was given up. @param reason as the outbox keeps it */
export function undeliveredHint(reason: string): string | undefined {
  const code = /\bcode (\d+)/.exec(reason)?.[1];
  return code === undefined ? undefined : HINTS[Number(code)];
}
