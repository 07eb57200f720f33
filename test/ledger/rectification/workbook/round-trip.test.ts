import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readable } from '../../../../bot/local/chat-client.ts';
import { verify } from '../../../../ledger/audit/verify.ts';
import type { Entry } from '../../../../ledger/define.ts';
import { type ItemData, itemData, type RectificationData } from '../../../../ledger/rectification/data.ts';
import type { Database } from '../../../../prisma/database.ts';
import { openDatabase } from '../../../../prisma/open-database.ts';
import { openPageBureau, type PageBureau, wayIn } from '../../../page/page-bureau.ts';
import { formWith, type Shown, type Visitor } from '../../../page/visitor.ts';
import { HEAD, ROW, sheetOf } from './files.ts';

let bureau: PageBureau;
let database: Database;

beforeAll(async () => {
  bureau = await openPageBureau();
  database = await openDatabase(`file:${bureau.databaseFile}`, { mustExist: true });
});

afterAll(async () => {
  await database.close();
  await bureau.close();
});

async function enter(name: string, word: string): Promise<{ visitor: Visitor; shown: Shown }> {
  const { url, code } = wayIn((await bureau.say(name, word)).content);
  const visitor = bureau.visitor();
  return { visitor, shown: await visitor.open(url, code) };
}

/** Chooses a file on the page. */
const look = (visitor: Visitor, shown: Shown, bytes: Uint8Array, values: Record<string, string> = {}) => {
  const { place } = formWith(shown.html, '读取并核对');
  return visitor.send(place, { do: 'look', round: 'new', ...values }, { '整改台账.xlsx': bytes });
};

/** Presses 确认导入, with what stands in the fields unless said otherwise. */
const confirm = (visitor: Visitor, shown: Shown, values: Record<string, string> = {}) => {
  const form = formWith(shown.html, '确认导入');
  const filled = [
    ...shown.html.matchAll(/<input type="(?:text|date)"[^>]* name="(\w+)"[^>]* value="([^"]*)"/gu),
  ];
  const round = /name="round">.*?<option value="(\w+)" selected>/su.exec(shown.html)?.[1] ?? '';
  const kept = Object.fromEntries(filled.map(([, name = '', value = '']) => [name, value]));
  return visitor.post(form.place, { ...form.values, ...kept, round, do: 'confirm', ...values });
};

const text = ({ html }: Shown) =>
  html
    .replace(/<[^>]+>/gu, '\n')
    .replaceAll('&quot;', '"')
    .replace(/\n+/gu, '\n');

const rows = () => database.rows;
const entryOf = async (ref: string) =>
  (await rows().entry.findUniqueOrThrow({ where: { ref }, include: { people: true } })) as Entry;
const itemOf = async (ref: string): Promise<ItemData> =>
  itemData((await entryOf(ref)).data as RectificationData);
const peopleOf = async (ref: string, part: string) =>
  (await entryOf(ref)).people.filter((each) => each.part === part).map(({ personId }) => personId);

async function edited(bytes: Uint8Array, edit: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  edit(book.worksheets[0] as ExcelJS.Worksheet);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function exported(visitor: Visitor, shown: Shown, ref: string): Promise<Uint8Array> {
  const [, link = ''] = new RegExp(`href="([^"]+&r=${ref})"`).exec(shown.html.replaceAll('&amp;', '&')) ?? [];
  const response = await fetch(new URL(link, bureau.service.address), {
    headers: { cookie: visitor.cookie ?? '' },
  });
  expect(response.headers.get('content-disposition')).toContain('attachment');
  return new Uint8Array(await response.arrayBuffer());
}

/** Column letters of an export. */
const AT = {
  target: 'F',
  category: 'I',
  leader: 'J',
  responsible: 'L',
  dueOn: 'N',
  state: 'O',
  isPublic: 'Q',
  version: 'R',
};

describe('an office’s own ledger', () => {
  test('is taken in by an officer on the page: shown first, imported once it is confirmed, remembered', async () => {
    const { visitor, shown } = await enter('程一禾', '导入台账');
    const file = await sheetOf([
      ['示例局审计整改台账'],
      HEAD,
      ROW,
      [2, '作风', '办事拖延', '限时办结', '苏静宜', '高新技术科', '方远山、张无名', '长期坚持'],
      [3, '作风', '=1+1', '不知谁办', '查无此人', '', '', '尽快'],
    ]);
    const looked = await look(visitor, shown, file, { feedback: '2026-09-14' });
    expect(text(looked)).toContain('新建轮次「示例局审计整改台账」，反馈日期 2026-09-14');
    expect(text(looked)).toContain('新增 3 行，更改 0 行，不变 0 行，不能导入 0 行');
    expect(text(looked)).toContain('第 4 行（2-1）新增：责任人（G 列）没有找到「张无名」');
    expect(text(looked)).toContain('整改时限（H 列）「尽快」看不懂');
    expect(await rows().entry.count({ where: { ref: { startsWith: 'Z2' } } })).toBe(0);

    const done = await confirm(visitor, looked);
    expect(text(done)).toContain('轮次 Z2：新增 3 行');
    expect(await entryOf('Z2-1-1')).toMatchObject({
      state: 'assigned',
      dueOn: '2026-12-31',
      title: '修订评审规程',
    });
    expect(await peopleOf('Z2-1-1', 'responsible')).toEqual([bureau.idOf('顾长风')]);
    expect(await entryOf('Z2-2-1')).toMatchObject({ state: 'assigned', dueOn: '2026-12-31' });
    expect(await itemOf('Z2-2-1')).toMatchObject({ category: 'lasting', aspect: '作风' });
    expect(await entryOf('Z2-3-1')).toMatchObject({ state: 'unassigned', dueOn: null });
    expect((await bureau.chatOf('顾长风')).map(({ content }) => readable(content)).join()).toContain(
      '有新的整改事项',
    );
    expect((await verify(rows())).problems).toEqual([]);

    const again = await confirm(visitor, looked);
    expect(text(again)).toContain('没有等待导入的文件');
    const second = await look(visitor, shown, file, { feedback: '2026-09-14' });
    expect(text(second)).toContain('导入轮次 Z2');
    expect(text(second)).toContain('新增 0 行，更改 0 行，不变 3 行');
  });

  test('with a column taken for something else is shown anew before anything is imported', async () => {
    const { visitor, shown } = await enter('程一禾', '打开 表格');
    const file = await sheetOf([
      ['问题', '甲', '整改措施'],
      ['问题一二三', '真正的措施', '不是措施'],
    ]);
    const looked = await look(visitor, shown, file, { title: '示例自查' });
    const changed = await confirm(visitor, looked, { title: '示例自查', 'c0.measure': 'B' });
    expect(changed.status).toBe(422);
    expect(text(changed)).toContain('还没有导入');
    await confirm(visitor, changed, { title: '示例自查', 'c0.measure': 'B' });
    expect(await entryOf('Z3-1-1')).toMatchObject({ title: '真正的措施' });
    const later = await look(visitor, shown, file, { title: '示例自查之二' });
    expect(text(later)).toContain('整改措施 真正的措施');
  });

  test('is for nobody but 督查员 and 纪检监察员', async () => {
    expect(readable((await bureau.say('顾长风', '导入台账')).content)).toContain('没有「导入台账」的权限');
    expect(readable((await bureau.say('顾长风', '打开 表格')).content)).toContain(
      '由督查员、纪检监察员导入和导出',
    );
  });
});

describe('an export that was edited', () => {
  test('changes what was edited by its number, keeps the old values, and nothing else', async () => {
    const { visitor, shown } = await enter('姜明澈', '导出台账');
    const bytes = await exported(visitor, shown, 'Z2');
    const untouched = await look(visitor, shown, bytes, { round: 'Z2' });
    expect(text(untouched)).toContain('新增 0 行，更改 0 行，不变 3 行，不能导入 0 行');

    const file = await edited(bytes, (sheet) => {
      expect(sheet.getColumn(AT.version).hidden).toBe(true);
      expect(sheet.getCell('C4').value).toBe('=1+1');
      sheet.getCell(`${AT.target}2`).value = '规程出台';
      sheet.getCell(`${AT.responsible}2`).value = '秦书遥';
      sheet.getCell(`${AT.dueOn}2`).value = '2027.1.31';
      sheet.getCell(`${AT.state}2`).value = '已销号';
      sheet.getCell(`${AT.isPublic}3`).value = '否';
      sheet.getCell(`${AT.version}4`).value = 99;
      sheet.getCell(`${AT.target}4`).value = '改不了';
      sheet.addRow(['', '作风', '办事拖延', '', '再添一条措施']);
    });
    const looked = await look(visitor, shown, file, { round: 'Z2' });
    expect(text(looked)).toContain('新增 1 行，更改 2 行，不变 0 行，不能导入 1 行');
    expect(text(looked)).toContain(
      '第 2 行（Z2-1-1）更改：更改：整改目标、责任人、整改时限；状态不由表格更改，保留台账里的',
    );
    expect(text(looked)).toContain(
      '第 4 行（Z2-3-1）没有导入：导出之后已有变动（表中是第 99 版，现为第 1 版）',
    );
    await confirm(visitor, looked);
    expect(await entryOf('Z2-1-1')).toMatchObject({ state: 'assigned', dueOn: '2027-01-31', version: 2 });
    expect(await peopleOf('Z2-1-1', 'responsible')).toEqual([bureau.idOf('秦书遥')]);
    expect(await itemOf('Z2-1-1')).toMatchObject({ target: '规程出台' });
    expect(await itemOf('Z2-2-1')).toMatchObject({ isSensitive: true });
    expect((await itemOf('Z2-3-1')).target).toBeUndefined();
    expect(await entryOf('Z2-2-2')).toMatchObject({ title: '再添一条措施', state: 'unassigned' });
    const history = readable((await bureau.say('姜明澈', '查看 Z2-1-1')).content);
    expect(history).toMatch(/姜明澈 表格更改：.*整改时限原为「2026-12-31」/u);
    expect(history).toContain('责任人原为「顾长风」');
    const known = await rows().auditRecord.findMany({ where: { action: 'rectification.change-by-table' } });
    expect(known).toHaveLength(2);
    expect((await verify(rows())).problems).toEqual([]);
  });

  test('is refused row by row where something changed between the export and the confirmation', async () => {
    const { visitor, shown } = await enter('姜明澈', '导出台账');
    const file = await edited(await exported(visitor, shown, 'Z2'), (sheet) => {
      sheet.getCell(`${AT.target}2`).value = '目标甲';
      sheet.getCell(`${AT.target}3`).value = '目标乙';
    });
    const looked = await look(visitor, shown, file, { round: 'Z2' });
    expect(text(looked)).toContain('更改 2 行');
    await bureau.say('秦书遥', '签收 Z2-1-1');
    const done = await confirm(visitor, looked);
    expect(text(done)).toContain('更改 1 行，不变 2 行，没有导入 1 行');
    expect(text(done)).toContain('第 2 行（Z2-1-1）没有导入：导出之后已有变动');
    expect((await itemOf('Z2-1-1')).target).toBe('规程出台');
    expect((await itemOf('Z2-2-1')).target).toBe('目标乙');
  });

  test('goes back to the round that its numbers name, and makes no round where nothing goes in', async () => {
    const { visitor, shown } = await enter('姜明澈', '导出台账');
    const file = await edited(await exported(visitor, shown, 'Z2'), (sheet) => {
      sheet.getCell(`${AT.target}3`).value = '目标丙';
    });
    const looked = await look(visitor, shown, file);
    expect(text(looked)).toContain('导入轮次 Z2');
    expect(looked.html).toContain('<option value="Z2" selected>');
    expect(text(looked)).toContain('更改 1 行');

    const rounds = await rows().entry.count({ where: { parentId: null } });
    const form = formWith(looked.html, '重新核对');
    const asNew = await visitor.post(form.place, { ...form.values, round: 'new', title: '误建', do: 'look' });
    expect(text(asNew)).toContain('新建轮次「误建」');
    expect(text(asNew)).toContain('没有可以新增或更改的行，不能导入');
    expect(asNew.html).not.toContain('确认导入');
    const again = formWith(asNew.html, '重新核对');
    const pressed = { ...again.values, round: 'new', title: '误建', do: 'confirm' };
    expect(text(await visitor.post(again.place, pressed))).toContain('没有可以新增或更改的行，没有写入');
    expect(await rows().entry.count({ where: { parentId: null } })).toBe(rounds);
  });

  test('obeys the rules of 指派, and knows no other round’s numbers', async () => {
    const { visitor, shown } = await enter('程一禾', '导出台账');
    const bytes = await exported(visitor, shown, 'Z2');
    const file = await edited(bytes, (sheet) => {
      sheet.getCell(`${AT.leader}2`).value = '秦书遥';
      sheet.getCell(`${AT.dueOn}3`).value = '2020-01-01';
    });
    const done = await confirm(visitor, await look(visitor, shown, file, { round: 'Z2' }));
    expect(text(done)).toContain('没有导入 2 行');
    expect(text(done)).toMatch(/第 2 行（Z2-1-1）没有导入：.*不能同时是责任人/u);
    expect(text(done)).toMatch(/第 3 行（Z2-2-1）没有导入：.*2020-01-01/u);
    const wrong = await look(visitor, shown, bytes, { round: 'Z1' });
    expect(text(wrong)).toContain('没有找到编号「Z2-1-1」，或它不在您可以查看的范围内');
  });
});
