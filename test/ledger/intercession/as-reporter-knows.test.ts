import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { ledgerXlsx } from '../../../paper/ledger-xlsx.ts';
import { fileReport } from '../../intercession-report.ts';
import { takeStep } from '../../sample-record.ts';
import { linesOf, oneReport } from './one-report.ts';

/** A Monday, 10:00. */
const AT = new Date('2026-11-23T02:00:00Z');
const REPORTER = '许星阑';
const OFFICER = '唐文澜';
const report = oneReport(AT);
const { ask, step, told } = report;

const GOING_ON = '甄别完成，正在办理';
const read = async (name: string, words: string) => linesOf(await ask(name, words)).join('\n');
const refusal = async (name: string, words: string) => {
  const answer = await ask(name, words);
  return answer?.kind === 'text' ? answer.text : linesOf(answer).join('\n');
};

describe.each([
  ['suspected', '疑似违规·转线索'],
  ['inquiry', '一般过问·登记'],
])('a report that was judged %s', (conclusion, label) => {
  const judge = async () => {
    await step(OFFICER, '受理');
    await step(OFFICER, '甄别', { conclusion, reason: '示例理由' });
  };

  test('is called to the reporter what his message called it, wherever he meets it', async () => {
    await judge();
    expect((await told()).at(-1)).toEqual([
      REPORTER,
      '您的记录有新进展',
      `${report.ref} 现为「${GOING_ON}」。`,
    ]);
    await step(OFFICER, '追问', { question: '示例追问' });
    const met = [
      await read(REPORTER, `查看 ${report.ref}`),
      await read(REPORTER, '我的报告'),
      await read(REPORTER, '台账'),
      await refusal(REPORTER, `撤回 ${report.ref}`),
      await read(REPORTER, `回复 ${report.ref} 示例回复`),
    ];
    for (const seen of met) {
      expect(seen).toContain(GOING_ON);
      expect(seen).not.toContain(label);
    }
  });

  test('keeps its name for officers', async () => {
    await judge();
    expect(await read(OFFICER, `查看 ${report.ref}`)).toContain(`${report.ref} · ${label}`);
    expect(await read(OFFICER, '待甄别')).toContain(label);
  });

  test('is found by the name that the asker is told, and by no other', async () => {
    await judge();
    const [word = ''] = label.split('·');
    expect(await read(OFFICER, `台账 ${word}`)).toContain('共 1 项');
    expect(await read(REPORTER, `台账 ${word}`)).toContain('没有符合条件');
    expect(await read(REPORTER, '台账 正在办理')).toContain('共 1 项');
    expect(await read(OFFICER, '台账 正在办理')).toContain('没有符合条件');
  });
});

test('an officer reads of his own report what any reporter reads, in his workbook too', async () => {
  const officer = await report.person(OFFICER);
  const later = new Date(AT.getTime() + 1000);
  const ref = await fileReport(report.store, officer, later);
  const other = await report.person('姜明澈');
  const judged = { conclusion: 'suspected', reason: '示例理由' };
  await takeStep(report.store, { person: other, word: '受理', ref, at: later });
  await takeStep(report.store, { person: other, word: '甄别', ref, at: later, values: judged });
  expect(await read(OFFICER, `查看 ${ref}`)).toContain(`${ref} · ${GOING_ON}`);
  expect(await workbook(officer)).toContain(GOING_ON);
  expect(await workbook(officer)).not.toContain('疑似违规');
  expect(await workbook(other)).toContain('疑似违规·转线索');
});

async function workbook(person: Person): Promise<string> {
  const { store } = report;
  const entries = entriesFor(store, store.database.rows, person);
  const bytes = await ledgerXlsx({ person, entries }, store.calendar);
  const opened = new ExcelJS.Workbook();
  await opened.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  return JSON.stringify(opened.worksheets[0]?.getSheetValues());
}
