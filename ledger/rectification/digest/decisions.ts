import type { Entry, Move } from '../../define.ts';
import type { DigestWeek } from '../../digest-week.ts';
import type { EntryFilter } from '../../entry.ts';
import { type Section, showLine } from '../../message.ts';
import { movesOpenTo, situationOf } from '../../move.ts';
import { itemData, type RectificationData } from '../data.ts';
import { short } from '../wording.ts';
import { APPLIED, APPROVED, ASKED, askedFor, REVIEWED, waitedDays } from './waiting.ts';

/** Steps by which something is decided that somebody else has asked for. */
const DECIDING = [
  ...['review', 'approve', 'return'],
  ...['grant-deferral', 'deny-deferral', 'grant-stall', 'deny-stall'],
];

/** Each has buttons of its own, so that fewer than lines fit on a phone. */
const SHOWN = 5;

/** What waits for the reader's own decision, the longest first, with the buttons that he may press. */
export async function decisions(week: DigestWeek): Promise<Section[]> {
  const filters = filtersFor(week);
  const [total, found] = await longestWaiting(week, filters);
  const open = found.flatMap((entry) => {
    const moves = decidingMoves(week, entry);
    return moves.length > 0 ? [{ entry, moves }] : [];
  });
  const shown = open.slice(0, SHOWN);
  // What was looked at and is not for him to decide, such as what he has asked for himself, does not count.
  const rest = total - (found.length - open.length) - shown.length;
  return [
    ...(shown.length > 0 ? [{ heading: `请您决定（${shown.length + rest} 项）`, lines: [hint(rest)] }] : []),
    ...shown.map(({ entry, moves }) => section(week, entry, moves)),
    ...(await meeting(week)),
  ];
}

const hint = (rest: number): string =>
  rest > 0 ? `先列等得最久的 ${SHOWN} 项，另有 ${rest} 项，请发送「我的整改」查看。` : '点按钮即可办理。';

function filtersFor({ reader }: DigestWeek): EntryFilter[] {
  const own = { personId: reader.id, parts: ['leader'] };
  const isSupervisor = reader.roles.includes('supervisor');
  return [{ ...APPLIED, ...own }, { ...ASKED, ...own }, ...(isSupervisor ? [REVIEWED] : [])];
}

/** How many there are, and some of them: more than are shown, since four eyes may forbid a few. */
async function longestWaiting(
  { entries }: DigestWeek,
  filters: readonly EntryFilter[],
): Promise<[number, Entry[]]> {
  const found: Entry[] = [];
  let total = 0;
  for (const filter of filters) {
    const some = await entries.list(filter, { take: 4 * SHOWN, order: 'changed' });
    found.push(...some);
    total += some.length < 4 * SHOWN ? some.length : await entries.count(filter);
  }
  return [total, found.sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime())];
}

function decidingMoves(week: DigestWeek, entry: Entry): Move[] {
  if (!week.entries.readable(entry)) return [];
  return movesOpenTo(week.ledger, situationOf(week, week.reader, entry)).filter(({ name }) =>
    DECIDING.includes(name),
  );
}

function section(week: DigestWeek, entry: Entry, moves: readonly Move[]): Section {
  const data = itemData(week.entries.read(entry).data as RectificationData);
  const signals = entry.state === 'applied' ? (data.application?.signals?.length ?? 0) : 0;
  return {
    heading: `${entry.ref} ${short(entry.title)}`,
    lines: [
      `${askedFor(entry, data, week)}（已等 ${waitedDays(entry, week)} 天）`,
      ...(signals > 0 ? [`有 ${signals} 条提示，请先点「查看」。`] : []),
    ],
    actions: [
      ...moves.map(({ word, style }) => ({
        action: `${word} ${entry.ref}@${entry.version}`,
        label: word,
        ...(style && { style }),
      })),
      { action: showLine(entry.ref), label: '查看' },
    ],
  };
}

/** 党组会审定 is written down for all of a meeting's items at once. */
async function meeting(week: DigestWeek): Promise<Section[]> {
  const { entries, reader } = week;
  if (!reader.roles.includes('discipline') && !reader.roles.includes('supervisor')) return [];
  const count = await entries.count(APPROVED);
  if (count === 0) return [];
  return [
    {
      heading: `待党组会审定（${count} 项）`,
      lines: ['会后登记会议名称和日期，一次登记全部。'],
      actions: [
        { action: '审定 全部', label: '审定 全部', style: 'primary' },
        { action: '台账 待党组会审定', label: '查看' },
      ],
    },
  ];
}
