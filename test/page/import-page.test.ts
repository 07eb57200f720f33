import { afterAll, beforeAll, expect, it } from 'vitest';
import { HEAD, ROW, sheetOf } from '../ledger/rectification/workbook/files.ts';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';
import { formWith, type Shown, type Visitor } from './visitor.ts';

let bureau: PageBureau;
beforeAll(async () => {
  bureau = await openPageBureau();
});
afterAll(() => bureau?.close());

async function enter(): Promise<{ visitor: Visitor; shown: Shown }> {
  const { url, code } = wayIn((await bureau.say('程一禾', '导入台账')).content);
  const visitor = bureau.visitor();
  return { visitor, shown: await visitor.open(url, code) };
}

const look = async (visitor: Visitor, { html }: Shown, rows: Parameters<typeof sheetOf>[0], title = '') =>
  visitor.send(
    formWith(html, '读取并核对').place,
    { do: 'look', round: 'new', title },
    { '示例台账.xlsx': await sheetOf(rows) },
  );

it('a file that cannot be read is refused above the form, and another can be chosen there', async () => {
  const { visitor, shown } = await enter();
  const refused = await look(visitor, shown, [['收件登记'], ['序号', '来文单位']]);
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('文件没有读取，也没有导入：没有找到表头');
  expect((await look(visitor, refused, [HEAD, ROW])).html).toContain('确认导入');
});

it('rows that would come into a round of the same name say so before they do', async () => {
  const { visitor, shown } = await enter();
  const first = await look(visitor, shown, [HEAD, ROW], '示例：同名');
  expect(first.html).not.toContain('已有同名');
  const { place, values } = formWith(first.html, '确认导入');
  const done = await visitor.post(place, { ...values, round: 'new', title: '示例：同名', do: 'confirm' });
  expect(done.html).toContain('轮次 Z2：新增 1 行');
  const again = await look(
    visitor,
    shown,
    [HEAD, ROW, [2, ...ROW.slice(1, 2), '示例问题', ...ROW.slice(3)]],
    '示例：同名',
  );
  expect(again.html).toContain('导入轮次 Z2「示例：同名」。已有同名、同一反馈日期的轮次，所以并入其中');
});

it('findings of a day to come are refused, and nothing is imported', async () => {
  const { visitor, shown } = await enter();
  const first = await look(visitor, shown, [HEAD, ROW], '示例：将来');
  const { place, values } = formWith(first.html, '确认导入');
  const ahead = { ...values, round: 'new', title: '示例：将来', feedback: '2027-05-01' };
  const done = await visitor.post(place, { ...ahead, do: 'confirm' });
  expect(done.status).toBe(422);
  expect(done.html).toContain('反馈日期 2027-05-01 还没有到');
});
