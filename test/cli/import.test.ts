import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../ledger/audit/verify.ts';
import type { Store } from '../../ledger/store.ts';
import { type CommandDesk, openCommandDesk, sampleFile } from './desk.ts';

const REPORT = sampleFile('rectification-report.txt');

let desk: CommandDesk;

beforeEach(async () => {
  desk = await openCommandDesk();
});

afterEach(() => desk.close());

const entries = ({ database }: Store) => database.rows.entry.findMany({ orderBy: { position: 'asc' } });

describe('importing a rectification report', () => {
  it('keeps every problem and measure in the words of the file', async () => {
    const { code, out } = await desk.run('import', 'rectification', REPORT);
    expect(code).toBe(0);
    expect(out).toContain('问题 6 个，整改措施 16 条');
    const found = await desk.look(entries);
    const text = await readFile(REPORT, 'utf8');
    const measures = found.filter(({ ref }) => /^Z1-\d+-\d+$/.test(ref));
    expect(measures).toHaveLength(16);
    for (const { title } of measures) expect(text).toContain(title);
    expect(measures.map(({ state }) => state)).toEqual(Array(16).fill('unassigned'));
  });

  it('writes nothing in a dry run, and says what it found', async () => {
    const { code, out } = await desk.run('import', 'rectification', REPORT, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('试运行，未写入');
    expect(await desk.look(entries)).toEqual([]);
  });

  it('changes nothing the second time', async () => {
    await desk.run('import', 'rectification', REPORT);
    const before = await desk.look(entries);
    const records = await desk.look((store) => store.database.rows.auditRecord.count());
    const { out } = await desk.run('import', 'rectification', REPORT);
    expect(out).toContain('新增 0 项，未变 23 项');
    expect(await desk.look(entries)).toEqual(before);
    expect(await desk.look((store) => store.database.rows.auditRecord.count())).toBe(records);
    expect((await desk.look((store) => verify(store.database.rows))).problems).toEqual([]);
  });

  it('refuses findings of a day to come, and keeps nothing', async () => {
    const text = await readFile(REPORT, 'utf8');
    const file = join(desk.folder, 'report.txt');
    await writeFile(file, text.replaceAll(/20\d\d(?=年\d)/g, '2062'));
    const { code, err } = await desk.run('import', 'rectification', file);
    expect(code).toBe(1);
    expect(err).toContain('反馈日期 2062-09-14 还没有到，今天是 2026-11-23。');
    expect(await desk.look(entries)).toEqual([]);
  });

  it('reads a Word file of the same text as the same round', async () => {
    await desk.run('import', 'rectification', REPORT);
    const lines = (await readFile(REPORT, 'utf8')).split('\n');
    const document = new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] });
    const file = join(desk.folder, 'report.docx');
    await writeFile(file, await Packer.toBuffer(document));
    const { out } = await desk.run('import', 'rectification', file, '--json');
    expect(JSON.parse(out)).toMatchObject({ round: 'Z1', added: [], unchanged: 23, differing: [] });
  });

  it('names what it could not place, by line', async () => {
    const file = join(desk.folder, 'report.txt');
    await writeFile(
      file,
      (await readFile(REPORT, 'utf8')).replace(
        /(\n2\.关于)/u,
        '\n此行不属于任何措施的标题：\n责任人：张某$1',
      ),
    );
    const { out } = await desk.run('import', 'rectification', file, '--dry-run');
    expect(out).toMatch(/第 \d+ 行未能归入：.+责任人：张某/u);
  });

  it('keeps the words of the ledger where an edited report differs, and says where', async () => {
    await desk.run('import', 'rectification', REPORT);
    const file = join(desk.folder, 'edited.txt');
    await writeFile(
      file,
      (await readFile(REPORT, 'utf8')).replace('推行评审说情打招呼登记', '推行说情打招呼登记'),
    );
    const { out } = await desk.run('import', 'rectification', file, '--json');
    expect(JSON.parse(out)).toMatchObject({ added: [], differing: ['Z1-1-3'] });
  });

  it('refuses what is no report, in one sentence', async () => {
    const { code, err } = await desk.run('import', 'rectification', join(desk.folder, 'none.txt'));
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain('none.txt');
  });
});

describe('importing a roster', () => {
  it('adds everybody once, and changes who has changed', async () => {
    expect((await desk.run('import', 'roster', sampleFile('roster.csv'))).out).toContain('新增 21 人');
    const file = join(desk.folder, 'roster.csv');
    await writeFile(
      file,
      (await readFile(sampleFile('roster.csv'), 'utf8')).replace('一级主任科员', '副科长'),
    );
    const { out } = await desk.run('import', 'roster', file, '--json');
    expect(JSON.parse(out)).toMatchObject({ added: [], changed: [expect.any(String)], unchanged: 20 });
    expect((await desk.look((store) => verify(store.database.rows))).problems).toEqual([]);
  });

  it('imports nothing when one row is wrong, and names the row', async () => {
    const file = join(desk.folder, 'roster.csv');
    await writeFile(file, `${await readFile(sampleFile('roster.csv'), 'utf8')}\nS999,,办公室,科员,,\n`);
    const { code, err } = await desk.run('import', 'roster', file);
    expect(code).toBe(1);
    expect(err).toMatch(/第 \d+ 行/u);
    expect(await desk.look((store) => store.database.rows.person.count())).toBe(0);
  });
});

it.each([
  ['nothing.csv', '没有这个文件，请核对路径'],
  ['.', '这是文件夹，请写明其中的文件'],
])('a file that cannot be read (%s) is said so in the language of the command', async (file, why) => {
  for (const what of ['roster', 'rectification']) {
    const { code, out, err } = await desk.run('import', what, file);
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: `读不到文件「${file}」：${why}。\n` });
  }
});
