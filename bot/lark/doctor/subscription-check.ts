import { type Check, type Finding, failure, ok, warning } from './check.ts';
import { PAGES, RELEASE } from './console-pages.ts';
import type { LookedAt } from './looked-at.ts';
import { NEEDED_CALLBACKS, NEEDED_EVENTS, type NeededEvent } from './needed-events.ts';

/** 事件 and 回调: each one that the house does something about. */
export const subscriptionChecks = ({ application }: LookedAt): Check[] => [
  {
    title: '事件',
    async run() {
      const app = await application();
      const subscribed = typeof app === 'string' ? app : app.event?.subscribed_events;
      return findings(subscribed, NEEDED_EVENTS, PAGES.events, '点「添加事件」，在「应用身份订阅」里');
    },
  },
  {
    title: '回调',
    async run() {
      const app = await application();
      const subscribed = typeof app === 'string' ? app : app.callback_info?.subscribed_callbacks;
      return findings(subscribed, NEEDED_CALLBACKS, PAGES.callbacks, '点「添加回调」');
    },
  },
];

/** @param subscribed a sentence where the platform does not say */
function findings(
  subscribed: readonly string[] | string | null | undefined,
  needed: readonly NeededEvent[],
  page: string,
  how: string,
): Finding[] {
  if (typeof subscribed === 'string' || !subscribed) {
    const why = subscribed ?? '平台没有给出订阅情况';
    const types = needed.map(({ type, name }) => `${name}（${type}）`).join('、');
    return [warning(`未能核对：${why}`, `请到${page}看一眼，应有：${types}。`)];
  }
  return needed.map(({ type, name, without, optional }) => {
    if (subscribed.includes(type)) return ok(`${name}（${type}）已订阅`);
    const wrong = optional ? warning : failure;
    return wrong(
      `${name}（${type}）未订阅：${without}`,
      `到${page}${how}搜索「${name}」，勾选 ${type}（不是旧版），确认。`,
      RELEASE,
    );
  });
}
