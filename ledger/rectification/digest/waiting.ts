import type { Entry } from '../../define.ts';
import type { DigestWeek } from '../../digest-week.ts';
import type { EntryFilter } from '../../entry.ts';
import type { ItemData } from '../data.ts';
import { WAITING } from '../figures/facets.ts';
import { ITEMS } from '../figures/figures.ts';
import { putOffBy } from '../moves/deferral-limit.ts';
import { short } from '../wording.ts';

/** What waits for a 责任领导 because something was asked of him beside a closing. */
export const ASKED: EntryFilter = { ...ITEMS, facets: WAITING };
export const APPLIED: EntryFilter = { ...ITEMS, states: ['applied'] };
export const REVIEWED: EntryFilter = { ...ITEMS, states: ['reviewed'] };
export const APPROVED: EntryFilter = { ...ITEMS, states: ['approved'] };

/** Since when nothing was done with it. */
export const waitedDays = ({ changedAt }: Entry, { today, store: { calendar } }: DigestWeek): number =>
  Math.max(0, calendar.daysBetween(calendar.dateOf(changedAt), today));

/** What is asked for, in a sentence. */
export function askedFor(entry: Entry, data: ItemData, { directory, store }: DigestWeek): string {
  const by = (id: string) => directory.byId(id)?.name ?? '（已离开）';
  const { application, deferral, stall } = data;
  if (application && ['applied', 'reviewed', 'approved'].includes(entry.state))
    return `${by(application.by)} 申请销号：${short(application.summary)}`;
  if (deferral) {
    const longer = putOffBy(entry, deferral.to, store.calendar).join('');
    return `${by(deferral.by)} 申请延期至 ${deferral.to}：${short(deferral.reason)}。${longer}`;
  }
  if (stall) return `${by(stall.by)} 申请列为暂难整改，预计 ${stall.until} 恢复：${short(stall.reason)}`;
  return '';
}
