import type { Entry } from '../../define.ts';
import type { DigestWeek } from '../../digest-week.ts';
import type { Section } from '../../message.ts';
import type { RectificationData } from '../data.ts';
import { namesOf } from '../people-of.ts';
import { short } from '../wording.ts';
import { APPLIED, APPROVED, ASKED, REVIEWED, waitedDays } from './waiting.ts';

/** To the 党组书记: what has waited for somebody else's decision for a week or more, the longest first. */
export async function waitingAtOthers(week: DigestWeek): Promise<Section[]> {
  const { entries, reader, store } = week;
  if (!reader.roles.includes('secretary')) return [];
  const { listed, waitingDays } = store.rules.leadersDigest;
  const found: Entry[] = [];
  for (const filter of [APPLIED, REVIEWED, APPROVED, ASKED])
    found.push(...(await entries.list(filter, { take: listed, order: 'changed' })));
  const lines = found
    .filter((entry) => waitedDays(entry, week) >= waitingDays && !isHis(entry, week))
    .sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime())
    .slice(0, listed)
    .map((entry) => line(entry, week));
  if (lines.length === 0) return [];
  return [{ heading: `等待他人办理 ${waitingDays} 天以上`, lines }];
}

const isHis = ({ people, state }: Entry, { reader }: DigestWeek): boolean =>
  !['reviewed', 'approved'].includes(state) &&
  people.some(({ personId, part }) => part === 'leader' && personId === reader.id);

function line(entry: Entry, week: DigestWeek): string {
  const at = `${entry.ref} ${short(entry.title)}`;
  return `${at}：${whatIsMissing(entry, week)}，已等 ${waitedDays(entry, week)} 天`;
}

function whatIsMissing(entry: Entry, { entries, directory }: DigestWeek): string {
  const leader = `责任领导 ${namesOf(entry, 'leader', directory)}`;
  if (entry.state === 'applied') return `销号待${leader} 审核`;
  if (entry.state === 'reviewed') return '销号待督查员复核';
  if (entry.state === 'approved') return '销号待党组会审定';
  const data = entries.readable(entry)?.data as RectificationData | undefined;
  const isDeferral = data !== undefined && data.level !== 'round' && data.deferral !== undefined;
  return `${isDeferral ? '延期' : '暂难'}待${leader} 审批`;
}
