import type { Entry } from '../define.ts';
import type { Entries } from '../entry.ts';
import type { Section } from '../message.ts';
import type { Store } from '../store.ts';
import { itemData, type RectificationData } from './data.ts';
import { short } from './wording.ts';

/** Items named at once; more are counted. */
const SHOWN = 15;
/** Entries that are in memory at the same time. */
const AT_ONCE = 200;

/** 回头看 that is due: closed items whose day has come and that nobody has looked at again, the first that was closed first. */
export async function lookBackDue(
  entries: Entries,
  { calendar }: Pick<Store, 'calendar'>,
  today: string,
): Promise<Entry[]> {
  // Nothing is looked at again within a month of its closing, whatever the rules say: what is younger need not be read.
  const to = calendar.instantOf(calendar.addDays(calendar.addMonths(today, -1), 1), '00:00');
  const filter = {
    ledger: 'rectification',
    states: ['closed'],
    leaf: true,
    closedBetween: { from: new Date(0), to },
  };
  const due: Entry[] = [];
  for (let skip = 0; ; skip += AT_ONCE) {
    const page = await entries.list(filter, { skip, take: AT_ONCE });
    due.push(...page.filter((entry) => isDue(entries, entry, today)));
    if (page.length < AT_ONCE) return due;
  }
}

function isDue(entries: Entries, entry: Entry, today: string): boolean {
  const data = entries.readable(entry)?.data as RectificationData | undefined;
  if (data === undefined || data.level === 'round') return false;
  const { lookBackOn } = itemData(data);
  return lookBackOn !== undefined && lookBackOn <= today;
}

/** For the 督查员's Friday summary: which 回头看 are due. No message of their own is sent for them. */
export async function lookBackSections(
  entries: Entries,
  store: Pick<Store, 'calendar'>,
  today: string,
): Promise<Section[]> {
  const due = await lookBackDue(entries, store, today);
  if (due.length === 0) return [];
  const lines = due.slice(0, SHOWN).map(({ ref, title }) => `${ref} ${short(title)}`);
  const rest = due.length - lines.length;
  return [
    {
      heading: `回头看到期（${due.length}）`,
      lines: [
        ...lines,
        ...(rest > 0 ? [`… 另有 ${rest} 项`] : []),
        '点「回头看」逐项登记，或发送「巩固 <编号>」「反弹 <编号>」。',
      ],
      actions: [{ action: '回头看', label: '回头看' }],
    },
  ];
}
