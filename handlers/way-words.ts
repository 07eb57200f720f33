import type { OutboxRow } from '../ledger/outbox.ts';
import { notByOf } from '../ledger/way-of-message.ts';
import { platformTitle } from './platform-title.ts';

type Ways = Pick<OutboxRow, 'via' | 'notBy'>;

const titles = (platforms: readonly string[]): string => platforms.map(platformTitle).join('、');

/** By which way it went: 「微信（飞书未送达）」. Nothing where that was not kept yet. */
export function wentBy(row: Ways): string {
  if (row.via === null) return '';
  const notBy = notByOf(row).filter((platform) => platform !== row.via);
  return `${platformTitle(row.via)}${notBy.length > 0 ? `（${titles(notBy)}未送达）` : ''}`;
}

/** By which ways it was tried in vain, and that it may have arrived all the same. */
export function triedBy(row: Ways & Pick<OutboxRow, 'uncertainAt'>): string {
  const tried = [...new Set([...notByOf(row), ...(row.via === null ? [] : [row.via])])];
  if (tried.length === 0) return '没有可用的账号';
  return `${titles(tried)}${row.uncertainAt ? '（不能确定是否送达）' : ''}`;
}
