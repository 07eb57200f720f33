import * as z from 'zod';
import { LarkFailure } from '../calls/lark-failure.ts';
import { type Check, type Finding, failure, NotChecked, ok, warning } from './check.ts';
import { PAGES, RELEASE } from './console-pages.ts';
import type { LookedAt } from './looked-at.ts';

const botSchema = z.object({
  bot: z.object({
    activate_status: z.number(),
    app_name: z.string().nullish(),
    open_id: z.string().nullish(),
  }),
});

const IN_USE = 2;
/** What `activate_status` says when it is not in use. */
const NOT_IN_USE: Readonly<Record<number, string>> = {
  0: '还没有安装到企业',
  1: '被企业停用',
  3: '已安装，等待启用',
  4: '升级后等待启用',
  5: '许可到期被停用',
  6: '套餐到期或降级被停用',
};

/** 机器人: the ability is on, and the bot is in use in the tenant. */
export const botCheck = ({ request }: LookedAt): Check => ({
  title: '机器人',
  async run() {
    const answer = await request<unknown>({
      api: 'bot.info',
      method: 'GET',
      path: '/open-apis/bot/v3/info',
    }).catch((fault: unknown) => {
      if (!(fault instanceof LarkFailure)) throw fault;
      if (fault.code === 0) throw new NotChecked('平台没有答复');
      return { refused: fault.code };
    });
    const read = botSchema.safeParse(answer);
    if (!read.success || !read.data.bot.open_id) {
      const code = typeof answer === 'object' && answer && 'refused' in answer ? answer.refused : undefined;
      return [
        failure(
          `应用没有机器人能力${code === undefined ? '' : `（代码 ${code}）`}`,
          `到${PAGES.bot}点「添加」。${RELEASE}`,
        ),
      ];
    }
    const { activate_status: status, app_name: name } = read.data.bot;
    if (status === IN_USE) return [ok(`「${name ?? ''}」已启用`)];
    return [
      failure(
        `「${name ?? ''}」不能用：${NOT_IN_USE[status] ?? '原因不明'}（activate_status ${status}）`,
        `先看${PAGES.bot}已添加，再看${PAGES.release}有已发布的版本；被停用的，由管理员在${PAGES.admin}启用。`,
      ),
    ];
  },
});

const ENABLED = 1;

/** 版本: a version is released, and none waits for approval. */
export const versionCheck = ({ application }: LookedAt): Check => ({
  title: '版本',
  async run() {
    const app = await application();
    if (typeof app === 'string')
      return [warning(`未能核对：${app}`, `请到${PAGES.release}看一眼：最新版本应为「已发布」。`)];
    const findings: Finding[] = [];
    if (app.status !== undefined && app.status !== null && app.status !== ENABLED)
      findings.push(failure('应用在企业内未启用', `由管理员在${PAGES.admin}启用。`));
    if (app.online_version_id === '') {
      findings.push(
        failure(
          '还没有已发布的版本：权限、事件和机器人都不生效',
          `到${PAGES.release}「创建版本」，可用范围选全局干部职工，「申请线上发布」。`,
        ),
      );
    }
    if (app.unaudit_version_id)
      findings.push(
        warning('有一个版本在等管理员审核，其中的改动还没有生效', `请管理员到${PAGES.review}通过。`),
      );
    return findings.length > 0 ? findings : [ok('应用已启用，没有待审核的版本')];
  },
});
