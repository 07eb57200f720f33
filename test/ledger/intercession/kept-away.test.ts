import { beforeEach, describe, expect, it } from 'vitest';
import { type Directory, readDirectory } from '../../../ledger/directory.ts';
import { concerned } from '../../../ledger/intercession/concerned.ts';
import { contentsSchema } from '../../../ledger/intercession/contents.ts';
import { filing } from '../../../ledger/intercession/filing.ts';
import { keptAway } from '../../../ledger/intercession/kept-away.ts';
import { operate } from '../../../ledger/operation.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { ordinaryReport } from '../../intercession-report.ts';
import { personNamed, type SampleRecord } from '../../sample-record.ts';

const AT = new Date('2026-11-23T02:00:00Z');

let record: SampleRecord;
let directory: Directory;

verifiedCopies(AT, async (copy) => {
  record = copy;
});
beforeEach(async () => {
  directory = await readDirectory(record.store.database.rows);
});

const names = (ids: readonly string[]) => ids.map((id) => directory.byId(id)?.name).sort();
const away = (asked: string) => names(keptAway(directory, asked).map(({ id }) => id));
const concernedBy = (report: Record<string, unknown>) =>
  names(concerned(directory, contentsSchema.parse({ report, supplements: [] }), record.store.rules));

describe('whom the reporter wants kept away', () => {
  it.each([
    ['机关纪委书记', ['姜明澈']],
    ['纪检监察室主任、孟局', ['孟知行', '姜明澈']],
    ['唐干', ['唐文澜']],
    ['方科；陆主任', ['方远山', '陆清和']],
    ['局长', ['田守正']],
    ['副局长', ['孟知行', '苏静宜']],
    ['请党组书记回避', ['田守正']],
    ['办公室主任', ['陆清和']],
    ['高新技术科', ['方远山']],
    ['高新技术科 全体', ['方远山', '林砚秋', '许星阑']],
    ['高新技术科科员', ['林砚秋']],
    ['派驻纪检组', ['郑怀瑾']],
    ['局领导', ['孟知行', '田守正', '苏静宜']],
    ['机关党委', ['唐文澜', '姜明澈']],
    ['科员', []],
    ['全体纪检监察员', ['唐文澜', '姜明澈']],
    ['请纪检监察员回避', ['唐文澜', '姜明澈']],
    ['派驻纪检组、班子成员', ['孟知行', '苏静宜', '郑怀瑾']],
    ['姜某', ['姜明澈']],
    ['高新技术科林某某', ['林砚秋']],
    ['办公室林某', ['陆清和']],
    ['欧阳某', []],
    ['某单位的来人', []],
    ['', []],
  ])('%s', (asked, expected) => {
    expect(away(asked)).toEqual([...expected].sort());
  });
});

describe('a post', () => {
  it.each([
    [{ intercessorPost: '局长' }, '田守正'],
    [{ intercessorName: '党组书记' }, '田守正'],
    [{ intercessorName: '本局局长' }, '田守正'],
    [{ goBetween: '局长' }, '田守正'],
    [{ content: '党组书记让人来电。' }, '田守正'],
    [{ content: '办公室主任来电。' }, '陆清和'],
  ])('is his who has it: %o', (report, name) => {
    expect(concernedBy(report)).toContain(name);
  });

  it.each([
    [{ content: '对方单位的主任来电，科长、局长都知道。' }],
    [{ intercessorUnit: '示例生物科技有限公司', intercessorPost: '局长' }],
    [{ intercessorUnit: '示例大学', intercessorName: '主任' }],
    [{ intercessorPost: '科员' }],
    [{ intercessorName: '不详' }],
  ])('is nobody’s in particular: %o', (report) => {
    expect(concernedBy(report)).toEqual([]);
  });
});

it('the name of a file that came with the form is read like all that is written', () => {
  const file = { id: '示例', sha256: '00', name: '唐文澜来电.txt', type: 'text/plain', size: 1, at: '' };
  const contents = contentsSchema.parse({ report: {}, supplements: [], files: [file] });
  expect(names(concerned(directory, contents, record.store.rules))).toEqual(['唐文澜']);
});

describe('a role, or a surname alone', () => {
  it.each([
    [{ intercessorName: '纪检监察员' }, ['唐文澜', '姜明澈']],
    [{ content: '全体纪检监察员都被打过招呼。' }, ['唐文澜', '姜明澈']],
    [{ intercessorName: '姜某', intercessorUnit: '机关党委' }, ['唐文澜', '姜明澈']],
    [{ intercessorName: '杜某某', intercessorUnit: '本局' }, ['杜若溪']],
    [{ intercessorName: '杜某', intercessorKind: 'colleague' }, ['杜若溪']],
    [{ goBetween: '高新技术科林某' }, ['方远山', '林砚秋']],
  ])('means whoever can be meant: %o', (report, expected) => {
    expect(concernedBy(report)).toEqual([...expected].sort());
  });

  it.each([
    [{ intercessorName: '姜某' }],
    [{ intercessorName: '姜某', intercessorKind: 'unknown' }],
    [{ intercessorName: '姜某', intercessorUnit: '示例生物科技有限公司', intercessorKind: 'applicant' }],
    [{ intercessorName: '杜某', intercessorUnit: '办公室', intercessorKind: 'colleague' }],
    [{ content: '姜某来电；我已告知纪检监察员。' }],
    [{ goBetween: '姜某' }],
  ])('is nobody’s where the unit does not fit, or none is said: %o', (report) => {
    expect(concernedBy(report)).toEqual([]);
  });
});

describe('the receipt', () => {
  const receiptOf = async (recuse?: string) => {
    const { store } = record;
    const reporter = await personNamed(store, '林砚秋');
    const raw = { ...ordinaryReport(store, AT), ...(recuse !== undefined && { recuse }) };
    return JSON.stringify(
      await operate(store, { actor: reporter, at: AT }, (operation) => filing.file(operation, reporter, raw)),
    );
  };
  const SENTENCE = '您写的申请回避对象没有对应到本局人员，请核对，可用「补正」或请受理人员认定。';

  it('says so where nobody of the bureau is meant, and only then', async () => {
    expect(await receiptOf('某某')).toContain(SENTENCE);
    expect(await receiptOf('孟局')).not.toContain(SENTENCE);
    expect(await receiptOf()).not.toContain(SENTENCE);
  });
});

describe('a colleague who is called as colleagues are', () => {
  it.each(['刚才小唐打电话让我照顾项目', '老唐托人递话'])('is recused by 「%s」', (content) => {
    expect(concernedBy({ content })).toContain('唐文澜');
  });
  it('is not, where the two signs are part of other words', () => {
    expect(concernedBy({ content: '大小方案都看过了' })).not.toContain('方远山');
  });
});
