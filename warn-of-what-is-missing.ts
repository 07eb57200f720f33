import type { Logger } from 'pino';
import type { House } from './bot/house.ts';
import { withoutPages } from './bot/pages-at.ts';
import { isBoundByCode } from './ledger/binding/by-code.ts';
import type { Store } from './ledger/store.ts';
import { unknownYear } from './ledger/unknown-year.ts';

/** Once a start: until then, workdays are reckoned without 调休. */
function warnOfUnknownYear({ calendar }: Store, at: Date, log: Logger): void {
  const year = unknownYear(calendar, calendar.dateOf(at));
  if (year !== undefined)
    log.warn({ year }, 'the holidays of that year are not known yet: see qinglian doctor and rules.calendar');
}

/** What works, and not as somebody will expect it. */
export function warnOfWhatIsMissing({ store, platforms, pagesAt, now, log }: House): void {
  warnOfUnknownYear(store, now(), log);
  const pageless = withoutPages(platforms, pagesAt);
  if (pageless.length > 0)
    log.warn(
      { platforms: pageless },
      'PUBLIC_URL is not set: people on these platforms get no links to pages, so nothing confidential can be filed or read there',
    );
  if (platforms.length > 0 && platforms.every(({ name }) => isBoundByCode(name)))
    log.warn(
      'WeChat is the only platform: no binding code can be asked for, so nobody can use it; configure Feishu as well',
    );
}
