import { describe, expect, it } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import { type Person, readDirectory } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { operate } from '../../../ledger/operation.ts';
import { recuseAnew } from '../../../ledger/recuse-anew.ts';
import { importRoster } from '../../../ledger/roster/import-roster.ts';
import { freshCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed, type SampleRecord, takeMessages, takeStep } from '../../sample-record.ts';

const AT = new Date('2026-11-23T02:00:00Z');

let record: SampleRecord;
let reporter: Person;

freshCopies(AT, async (copy) => {
  record = copy;
  reporter = await personNamed(copy.store, '林砚秋');
});

const file = (values: Record<string, unknown>) => fileReport(record.store, reporter, AT, values);
const receivers = async () => (await takeMessages(record.store)).map(({ to }) => to).sort();
const sees = async (person: Person, ref: string) => {
  const entries = entriesFor(record.store, record.store.database.rows, person);
  return entries.get(ref).then(
    () => true,
    () => false,
  );
};

describe('a report is hidden from an officer', () => {
  it.each([
    ['by surname and title', { intercessorName: '唐干事' }],
    ['by a name with a space in it', { intercessorName: '唐 文澜' }],
    ['by a post', { intercessorName: '不详', intercessorPost: '纪检监察干事' }],
    ['as the one who passed it on', { goBetween: '唐文澜' }],
    ['by a title cut short', { intercessorName: '唐干' }],
    ['by a post in place of a name', { intercessorName: '机关纪委书记' }],
    ['by a post in place of who passed it on', { goBetween: '纪检监察室主任' }],
    ['by a department whom the reporter wants kept away', { recuse: '机关党委' }],
    ['by all of a department', { recuse: '纪检监察室全体人员' }],
  ])('and so is the other officer of his department, %s', async (_how, values) => {
    const ref = await file(values);
    expect(await receivers()).toEqual(['郑怀瑾']);
    for (const name of ['唐文澜', '姜明澈'])
      expect(await sees(await personNamed(record.store, name), ref), name).toBe(false);
  });

  it.each([
    ['by surname and title in the middle of what happened', { content: '来电说是唐干事的意思。' }],
    ['who was there', { witnesses: '唐文澜' }],
    ['as who would profit', { beneficiary: '唐文澜的亲属' }],
    ['in the middle of what happened', { content: '王某某来电，说是唐文澜的意思，请求关照。' }],
    ['by a post in the middle of what happened', { content: '自称是本局纪检监察干事的来电。' }],
    ['by a post whom the reporter wants kept away', { recuse: '请纪检监察干事回避' }],
    ['by a title cut short whom the reporter wants kept away', { recuse: '科长、唐干' }],
    ['whom the reporter wants kept away', { recuse: '某某、唐文澜' }],
  ])('%s', async (_how, values) => {
    const ref = await file(values);
    expect(await receivers()).toEqual(['姜明澈']);
    expect(await sees(await personNamed(record.store, '唐文澜'), ref)).toBe(false);
    expect(await sees(await personNamed(record.store, '姜明澈'), ref)).toBe(true);
  });

  it('who is named only when something is supplied, before anybody is told of it', async () => {
    const ref = await file({});
    const officer = await personNamed(record.store, '姜明澈');
    const step = (person: Person, word: string, values = {}) =>
      takeStep(record.store, { person, word, ref, at: AT, values });
    await step(officer, '受理');
    await step(officer, '甄别', { conclusion: 'returned', reason: '请补充来电人' });
    await takeMessages(record.store);
    await step(reporter, '补正', { supplement: '其实是唐文澜让人来的' });
    expect(await receivers()).toEqual(['姜明澈']);
    expect(await sees(await personNamed(record.store, '唐文澜'), ref)).toBe(false);
    expect((await verify(record.store.database.rows)).problems).toEqual([]);
  });

  it('who joins the bureau after he was named', async () => {
    const ref = await file({ intercessorName: '钱多多' });
    const row = { line: 2, staffNumber: 'S900', name: '钱多多', department: '办公室', post: '干事' };
    await operate(record.store, { actor: 'command:test', at: AT }, async (operation) => {
      await importRoster(operation, [{ ...row, roles: ['discipline'], isHead: false }]);
      await recuseAnew({ ...operation, directory: await readDirectory(operation.rows) });
    });
    expect(await sees(await personNamed(record.store, '钱多多'), ref)).toBe(false);
    expect(await sees(await personNamed(record.store, '唐文澜'), ref)).toBe(true);
    expect((await verify(record.store.database.rows)).problems).toEqual([]);
  });
});

it('a report that names a leader goes to the 派驻纪检组 too', async () => {
  await file({ intercessorName: '苏静宜' });
  expect(await receivers()).toEqual(['唐文澜', '姜明澈', '郑怀瑾'].sort());
});

it('a report that leaves nobody to receive it is kept, and nobody is told', async () => {
  const ref = await file({ intercessorName: '唐文澜', goBetween: '姜明澈', recuse: '郑怀瑾' });
  expect(await receivers()).toEqual([]);
  expect(await sees(reporter, ref)).toBe(true);
});
