import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRoster } from '../../../ledger/roster/read-roster.ts';
import { csvOf } from './files.ts';

const HEAD = '工号,姓名,科室,职务,角色,科室负责人';
const read = (...lines: string[]) => readRoster('花名册.csv', csvOf(HEAD, ...lines));
const refusal = async (...lines: string[]): Promise<string> => {
  const error = await read(...lines).then(
    () => expect.unreachable('the roster was read'),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'Refusal', code: 'invalid-input' });
  return (error as Error).message;
};

describe('rows of a roster', () => {
  test('a person has a number, a name, a department, a post and roles', async () => {
    expect(await read('S001,张三,办公室,主任,科室负责人、督查员,是', 'S002,李四,办公室,,,')).toEqual([
      {
        line: 2,
        staffNumber: 'S001',
        name: '张三',
        department: '办公室',
        post: '主任',
        roles: ['head', 'supervisor'],
        isHead: true,
      },
      {
        line: 3,
        staffNumber: 'S002',
        name: '李四',
        department: '办公室',
        post: '',
        roles: [],
        isHead: false,
      },
    ]);
  });

  test.each([
    '审计员、统分员',
    '审计员，统分员',
    '"审计员,统分员"',
    '审计员;统分员',
    '审计员/统分员',
    '审计员 统分员',
    ' 审计员；统分员、审计员 ',
  ])('roles separated as in %j', async (roles) => {
    expect((await read(`S001,张三,办公室,,${roles},`))[0]?.roles).toEqual(['auditor', 'tally']);
  });

  test.each([
    ['是', true],
    ['√', true],
    ['1', true],
    ['TRUE', true],
    ['否', false],
    ['×', false],
    ['-', false],
    ['', false],
  ])('科室负责人 %j', async (answer, isHead) => {
    const [person] = await read(`S001,张三,办公室,,,${answer}`);
    expect(person).toMatchObject({ isHead, roles: isHead ? ['head'] : [] });
  });

  test('whoever has the role 科室负责人 is the head, said in that column or not', async () => {
    expect((await read('S001,张三,办公室,,科室负责人,'))[0]?.isHead).toBe(true);
    expect(await refusal('S001,张三,办公室,,科室负责人,否')).toContain(
      '第 2 行：角色是「科室负责人」，科室负责人一列却是「否」',
    );
  });

  test('padding, full-width digits and invisible characters go', async () => {
    const [person] = await read(' Ｓ００１\u200b,张　三,\u202e办公室 ,副 主任, ,');
    expect(person).toMatchObject({ staffNumber: 'S001', name: '张三', department: '办公室', post: '副主任' });
  });

  test('names are not unique, numbers are', async () => {
    expect(await read('S001,张三,办公室,,,', 'S002,张三,办公室,,,')).toHaveLength(2);
  });
});

describe('headings', () => {
  test('any order, other names, a title above, empty lines between', async () => {
    const bytes = csvOf(
      '示例单位花名册,,,',
      '',
      '备注,部门,姓　名*,人员编号（必填）',
      '',
      ',办公室,张三,7',
      ',,,',
    );
    expect(await readRoster('a.CSV', bytes)).toMatchObject([
      { line: 5, staffNumber: '7', name: '张三', department: '办公室', post: '', roles: [], isHead: false },
    ]);
  });

  test('where both 单位 and 科室 stand, 科室 is the department', async () => {
    const [person] = await readRoster('a.csv', csvOf('单位,姓名,科室,编号', '示例局,张三,办公室,7'));
    expect(person?.department).toBe('办公室');
  });

  test.each([
    [['姓名,电话', '张三,1'], '没有找到表头'],
    [[''], '没有找到表头'],
    [
      ['姓名,科室', '张三,办公室'],
      '第 1 行是表头，但没有工号列：应有一列写着「工号」「人员编号」「编号」之一。',
    ],
    [['工号,姓名,科室,姓名'], '表头有两列都是「姓名」（第 2 列、第 4 列）：请只保留一列。'],
    [['工号,姓名,科室', ',,'], '表头下面没有人员'],
  ])('%j is refused', async (lines, sentence) => {
    await expect(readRoster('a.csv', csvOf(...lines))).rejects.toThrow(sentence);
  });
});

describe('bad rows', () => {
  test('all of them are named in one sentence, in the order of the file', async () => {
    const sentence = await refusal(
      'S001,张三,办公室,,督察员,',
      'S002,,办公室,,,',
      'S001,李四,高新科,,,是',
      'S004,王五,高新科,,,是',
      ',赵六,,,,也许',
    );
    expect(sentence).toBe(
      '花名册有 5 行需要修改，未读入任何人。' +
        '第 2 行：角色「督察员」不认识，是否应为「督查员」？可用：党组书记、班子成员、科室负责人、纪检监察员、派驻纪检组、上级纪检联络人、督查员、统分员、系统管理员、审计员；' +
        '第 3 行：缺姓名；' +
        '第 4 行：工号「S001」与第 2 行重复；' +
        '第 5 行：科室「高新科」已有负责人李四（第 4 行），只能有一人；' +
        '第 6 行：科室负责人「也许」不认识，应为：是、否或空，缺工号，缺科室（合并的单元格请拆分，每行都写）。',
    );
  });

  test('no role is suggested for a word that resembles none', async () => {
    const sentence = await refusal('S001,张三,办公室,,驾驶,');
    expect(sentence).toContain('角色「驾驶」不认识，可用：');
  });

  test('after 50 rows the rest is counted', async () => {
    const lines = Array.from({ length: 73 }, (_, index) => `S${index},,办公室,,,`);
    const sentence = await refusal(...lines);
    expect(sentence).toContain('有 73 行需要修改');
    expect(sentence.match(/第 \d+ 行/g)).toHaveLength(50);
    expect(sentence).toMatch(/；另有 23 处。$/);
  });

  test.each([
    '=HYPERLINK(""http://x"",""张三"")',
    '@SUM(A1)',
    "+cmd|' /C calc'!A0",
    "-2+cmd|' /C calc'!A0",
  ])('a cell that a spreadsheet would run is refused: %s', async (cell) => {
    expect(await refusal(`S001,"${cell}",办公室,,,`)).toContain('第 2 行：姓名（第 2 列）是公式，应为文字');
  });

  test('a formula in a column that is not read does no harm', async () => {
    expect(await readRoster('a.csv', csvOf('工号,姓名,科室,备注', '1,张三,办公室,=1+1'))).toHaveLength(1);
  });

  test('texts longer than a form takes are refused, and long nonsense is not repeated whole', async () => {
    const sentence = await refusal(`S001,${'张'.repeat(51)},办公室,,${'长'.repeat(100_000)},`);
    expect(sentence).toContain('姓名有 51 字，最多 50 字');
    expect(sentence.length).toBeLessThan(300);
  });
});

describe('.csv files', () => {
  test('lines are those of the file, also after a cell of several lines', async () => {
    const text = `${HEAD}\r\nS001,"张\r\n三",办公室,,,\r\n\r\nS002,李四,办公室,,督察员,`;
    await expect(readRoster('a.csv', csvOf(text))).rejects.toThrow('第 5 行：角色「督察员」');
  });

  test('UTF-8 with a byte order mark', async () => {
    expect(await readRoster('a.csv', csvOf(`\ufeff${HEAD}`, 'S001,张三,办公室,,,'))).toHaveLength(1);
  });

  test('GB18030', async () => {
    // 工号,姓名,科室 / 1,张三,办公室
    const bytes = Buffer.from('b9a4bac52cd0d5c3fb2cbfc6cad20a312cd5c5c8fd2cb0ecb9abcad2', 'hex');
    expect(await readRoster('a.csv', bytes)).toMatchObject([{ name: '张三', department: '办公室' }]);
  });

  test('another encoding and quotes that do not match are refused', async () => {
    await expect(readRoster('a.csv', Buffer.from(HEAD, 'utf16le').subarray(1))).rejects.toThrow('编码不认识');
    await expect(readRoster('a.csv', csvOf(HEAD, 'S001,"张三,办公室'))).rejects.toThrow(
      '第 2 行的双引号不成对',
    );
  });

  test('other kinds of file, large files and long lists are refused with what was found and what is taken', async () => {
    await expect(readRoster('名单.xls', csvOf(HEAD))).rejects.toThrow(
      '花名册应为 .xlsx 或 .csv，这是.xls 文件',
    );
    await expect(readRoster('名单', csvOf(HEAD))).rejects.toThrow('这是没有扩展名的文件');
    await expect(readRoster('a.csv', new Uint8Array(10 * 1024 * 1024 + 1))).rejects.toThrow('最多 10 MB');
    const people = (count: number) => Array.from({ length: count }, (_, index) => `S${index},张三,办公室,,,`);
    expect(await read(...people(5_000))).toHaveLength(5_000);
    expect(await refusal(...people(5_001))).toBe('名单有 5001 行，最多 5000 行。');
  });

  test('whatever the bytes, there is a roster or a refusal', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('a.csv', 'a.xlsx'),
        bytes,
        fc.boolean(),
        async (name, noise, headed) => {
          const file = headed ? Buffer.concat([csvOf(HEAD, ''), noise]) : noise;
          const outcome = await readRoster(name, file).catch((error: unknown) => error);
          if (!Array.isArray(outcome))
            expect(outcome).toMatchObject({ name: 'Refusal', code: 'invalid-input' });
        },
      ),
    );
  });
});

test('the sample bureau has everybody that the bot speaks to', async () => {
  const people = await readRoster('roster.csv', await readFile('sample/roster.csv'));
  const with_ = (role: string) => people.filter(({ roles }) => roles.some((each) => each === role));
  const count = (role: string) => with_(role).length;
  expect(['secretary', 'leader', 'head', 'discipline', 'resident', 'supervisor'].map(count)).toEqual([
    1, 2, 5, 2, 1, 2,
  ]);
  expect([count('administrator'), count('auditor')]).toEqual([1, 1]);
  expect(new Set(people.map(({ department }) => department)).size).toBe(7);
  expect(new Set(with_('supervisor').map(({ department }) => department))).toEqual(
    new Set(['办公室', '机关党委（纪检监察室）']),
  );
  expect(with_('supervisor').some(({ isHead }) => isHead)).toBe(false);
});
