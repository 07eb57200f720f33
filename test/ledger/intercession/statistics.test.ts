import { expect, it } from 'vitest';
import { readDirectory } from '../../../ledger/directory.ts';
import { entriesFor, type Viewer } from '../../../ledger/entry.ts';
import { statistics } from '../../../ledger/intercession/statistics.ts';
import { readPeriod } from '../../../ledger/period.ts';
import type { Store } from '../../../ledger/store.ts';
import { keepReports, times } from '../../counted-reports.ts';
import { freshCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed } from '../../sample-record.ts';

const AT = new Date('2026-11-22T03:00:00Z');
const TODAY = '2026-11-22';

let store: Store;
freshCopies(AT, (copy) => {
  store = copy.store;
});

async function tables(viewer: Viewer, typed = '2026'): Promise<Map<string, string[]>> {
  const { calendar, rules, database } = store;
  const period = readPeriod(typed, TODAY, calendar);
  if (!period) throw new Error(`${typed} is no period`);
  const situation = { today: TODAY, calendar, rules, period, directory: await readDirectory(database.rows) };
  const shown = await statistics(entriesFor(store, database.rows, viewer), situation);
  return new Map(
    shown.map(({ title, rows }) => [title.replace('说情打招呼·', ''), rows.map((row) => row.join(' '))]),
  );
}

it('counts by circumstance, channel, stage, kind, origin, reply and lateness, and hides what is small', async () => {
  await keepReports(store, [
    ...times(6, {
      channel: 'phone',
      intercessorKind: 'colleague',
      circumstances: ['lobbying', 'favour-score'],
    }),
    ...times(4, { channel: 'messaging', intercessorKind: 'applicant', stage: 'award', late: true }),
    ...times(1, { channel: 'letter', intercessorKind: 'relative', reply: 'no-position' }),
    ...times(4, { channel: 'phone', intercessorKind: 'own-leader' }),
  ]);
  const shown = await tables('bureau');
  expect(shown.get('情形')?.slice(0, 4)).toEqual([
    '打探未公开信息 <3',
    '游说说情 15',
    '要求照顾评分或名次 6',
    '人情票 <3',
  ]);
  expect(shown.get('方式')).toEqual(
    expect.arrayContaining(['电话 10', '即时通信 4', '书面/来函 <3', '合计 15']),
  );
  expect(shown.get('环节')).toEqual(expect.arrayContaining(['评审 11', '评奖 4', '申报 <3']));
  expect(shown.get('补报')).toEqual(['补报 4', '按时记录 —', '未注明 <3', '合计 15']);
  expect(shown.get('人员类别')).toEqual([
    '内部人员 10',
    '　本局领导 4',
    '　同事 6',
    '　下级 <3',
    '　离岗未退 <3',
    '外部人员 —',
    '未能区分 <3',
    '合计 15',
  ]);
});

it('counts only the period, from midnight to midnight of the bureau', async () => {
  const at = (instant: string) => ({ createdAt: new Date(instant) });
  await keepReports(store, [
    ...times(3, at('2026-09-30T15:59:59.999Z')),
    ...times(4, at('2026-09-30T16:00:00Z')),
    ...times(5, at('2026-11-30T15:59:59.999Z')),
  ]);
  const totalIn = async (period: string) => (await tables('bureau', period)).get('方式')?.at(-1);
  expect(await totalIn('2026-09')).toBe('合计 3');
  expect(await totalIn('2026-10')).toBe('合计 4');
  expect(await totalIn('2026-11')).toBe('合计 5');
  expect(await totalIn('2026-12')).toBe('合计 <3');
  expect(await totalIn('2026-Q4')).toBe('合计 9');
  expect(await totalIn('2026')).toBe('合计 12');
});

it('shows him whom reports concern just what he would be shown had they never been filed', async () => {
  const [named, other] = [await personNamed(store, '唐文澜'), await personNamed(store, '林砚秋')];
  await keepReports(store, times(7, { stage: 'award' }));
  const before = await tables(named);
  await keepReports(store, times(5, { stage: 'funding', circumstances: ['favour-vote'], recused: named }));
  expect(await tables(named)).toEqual(before);
  expect(await tables('bureau')).not.toEqual(before);
  expect((await tables(other)).get('方式')?.at(-1)).toBe('合计 <3');
});

it('counts what is really filed', async () => {
  const reporter = await personNamed(store, '林砚秋');
  for (let filed = 0; filed < 3; filed++) await fileReport(store, reporter, AT, { circumstances: ['other'] });
  const shown = await tables('bureau', '2026-11');
  expect(shown.get('情形')?.at(-1)).toBe('合计 3');
  expect(shown.get('情形')?.at(-2)).toBe('其他 3');
});
