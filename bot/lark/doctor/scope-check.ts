import { type Check, type Finding, failure, ok, warning } from './check.ts';
import { PAGES, RELEASE } from './console-pages.ts';
import type { Grant } from './granted-scopes.ts';
import type { LookedAt } from './looked-at.ts';
import type { NeededScope } from './needed-scopes.ts';

/** 权限: each scope that the house needs, one by one. */
export const scopeCheck = ({ settings, scopes }: LookedAt): Check => ({
  title: '权限',
  async run() {
    const page = (name: string) =>
      `${settings.baseUrl}/app/${settings.appId}/auth?q=${encodeURIComponent(name)}&token_type=tenant`;
    return [...(await scopes())].map(([needed, grant]) => findingOf(needed, grant, page(needed.name)));
  },
});

function findingOf({ name, why, optional }: NeededScope, grant: Grant, link: string): Finding {
  const wrong = optional ? warning : failure;
  switch (grant) {
    case 'granted':
      return ok(`${name} 已开通：${why}`);
    case 'asked':
      return wrong(
        `${name} 已申请，管理员还没有授权：${why}`,
        `到${PAGES.release}看版本是否已「申请线上发布」，由管理员在${PAGES.review}通过。`,
      );
    case 'missing':
      return wrong(
        `${name} 未开通：${why}`,
        `到${PAGES.scopes}点「开通权限」，在「应用身份权限」里搜索它并确认：${link}`,
        RELEASE,
      );
    case 'unknown':
      return warning(`${name} 未能核对：${why}`, `请到${PAGES.scopes}看一眼：应为「已开通」。`);
  }
}
