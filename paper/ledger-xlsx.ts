import * as z from 'zod';
import type { Calendar } from '../ledger/calendar.ts';
import type { Entry, Ledger } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import type { Entries } from '../ledger/entry.ts';
import { CONCLUSIONS, DISPOSALS, dataSchema } from '../ledger/intercession/contents.ts';
import {
  CHANNELS,
  CIRCUMSTANCES,
  INTERCESSOR_KINDS,
  REPLIES,
  STAGES,
} from '../ledger/intercession/fields.ts';
import { Refusal } from '../ledger/refusal.ts';
import { isOwnedBy, stateLabel } from '../ledger/state-label.ts';
import { type SheetCell, type SheetColumn, sheetsXlsx } from './sheet.ts';

const COLUMNS: readonly SheetColumn[] = [
  { header: '编号', width: 6 },
  { header: '状态', width: 9 },
  { header: '登记时间', width: 9 },
  { header: '是否补报', width: 4 },
  { header: '环节', width: 6 },
  { header: '情形', width: 20 },
  { header: '方式', width: 6 },
  { header: '人员类别', width: 9 },
  { header: '当场答复', width: 8 },
  { header: '甄别结论', width: 9 },
  { header: '处置方式', width: 8 },
  { header: '期限', width: 6 },
];

/** Entries that are held at one time. */
const AT_ONCE = 500;

/**
 * 说情打招呼台账 for those who keep it: a row for each record that this person may see, with nothing of what is sealed.
 * @throws Refusal `not-permitted` for anybody but a 纪检监察员
 */
export async function ledgerXlsx(
  { person, entries }: { person: Person; entries: Entries },
  calendar: Calendar,
): Promise<Uint8Array> {
  if (!person.roles.includes('discipline')) {
    throw new Refusal('not-permitted', '说情打招呼台账由纪检监察员导出。');
  }
  return sheetsXlsx([{ name: '说情打招呼台账', columns: COLUMNS, rows: rowsOf(entries, person, calendar) }]);
}

async function* rowsOf(entries: Entries, person: Person, calendar: Calendar): AsyncGenerator<SheetCell[]> {
  for (let skip = 0; ; skip += AT_ONCE) {
    const some = await entries.list({ ledger: 'intercession' }, { skip, take: AT_ONCE });
    for (const entry of some) {
      yield rowOf(entry, entries.ledgerOf(entry), person, calendar);
    }
    if (some.length < AT_ONCE) return;
  }
}

const facetsSchema = z.object({
  channel: z.string(),
  intercessorKind: z.string(),
  stage: z.string(),
  circumstances: z.array(z.string()),
  reply: z.string(),
});

/** What the officers found is not for who filed it, though he be one of them. */
function rowOf(entry: Entry, ledger: Ledger, reader: Person, calendar: Calendar): SheetCell[] {
  const { late, ...found } = dataSchema.parse(entry.data);
  const { conclusion, disposal } = isOwnedBy(ledger, entry, reader) ? {} : found;
  const { channel, intercessorKind, stage, circumstances, reply } = facetsSchema.parse(entry.facets);
  return [
    entry.ref,
    stateLabel(ledger, entry, reader),
    { clock: calendar.minuteOf(entry.createdAt) },
    late ? '是' : '否',
    labelIn(STAGES, stage),
    circumstances.map((one) => labelIn(CIRCUMSTANCES, one)).join('、'),
    labelIn(CHANNELS, channel),
    labelIn(INTERCESSOR_KINDS, intercessorKind),
    labelIn(REPLIES, reply),
    conclusion && CONCLUSIONS[conclusion],
    disposal && DISPOSALS[disposal],
    entry.dueOn ? { day: entry.dueOn } : undefined,
  ];
}

const labelIn = (options: Readonly<Record<string, string>>, value: string): string => options[value] ?? value;
