import type { EndpointReply } from '../../bot/platform.ts';
import type { Entry } from '../../ledger/define.ts';
import { letterOf } from '../../ledger/rectification/workbook/book.ts';
import { FIELD_NAMES, FIELDS, type Field } from '../../ledger/rectification/workbook/fields.ts';
import type { Layout } from '../../ledger/rectification/workbook/layout.ts';
import { type LedgerFile, notesOf } from '../../ledger/rectification/workbook/ledger-file.ts';
import { type ImportPlan, isWorthDoing } from '../../ledger/rectification/workbook/plan.ts';
import {
  countLine,
  rowLines,
  sampleLines,
  targetLine,
} from '../../ledger/rectification/workbook/plan-words.ts';
import type { FoundRows } from '../../ledger/rectification/workbook/rows.ts';
import type { Rules } from '../../ledger/store.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';

/** Where the rows are to go, as it is chosen on the page. */
export interface Chosen {
  /** `new`, or a round's ref. */
  round: string;
  title: string;
  feedback: string;
}

/** From where a table is taken in, and the rounds are taken away. @param refused why the last file was not read */
export function tablesPage(
  key: string,
  rounds: readonly Entry[],
  rules: Rules,
  refused?: string,
): EndpointReply {
  const { maxMegabytes, maxRows } = rules.import;
  const body = html`${refused !== undefined && wrong(`文件没有读取，也没有导入：${refused}`)}<section class="card"><h2>导入</h2>
<form method="post" action="/p/workbook?k=${key}" enctype="multipart/form-data" autocomplete="off">
<div class="field"><label for="file">表格文件</label><p class="hint">.xlsx 或 .csv，不超过 ${maxMegabytes} MB、${maxRows} 行。列的次序和叫法不限，读取后先核对，再导入。</p>
<input type="file" id="file" name="file" accept=".xlsx,.csv" required></div>
${targetFields({ round: 'new', title: '', feedback: '' }, rounds)}
<div class="buttons"><button class="primary" name="do" value="look">读取并核对</button></div></form></section>
${exportPart(key, rounds)}`;
  return page('整改台账：导入和导出表格', body, { status: refused === undefined ? 200 : 422 });
}

const wrong = (said: string): Html => html`<div class="wrong" role="alert"><p dir="auto">${said}</p></div>`;

const exportPart = (key: string, rounds: readonly Entry[]): Html =>
  html`<section class="card"><h2>导出</h2>${
    rounds.length === 0
      ? html`<p>还没有整改轮次。</p>`
      : html`<p class="hint">导出的表格可以修改后再导入：按编号更改责任、时限、目标、标准、类别和是否公开；状态、佐证和办理过程不由表格更改。</p>
${rounds.map(({ ref, title }) => html`<p><a class="link" href="/p/workbook.xlsx?k=${key}&r=${ref}">下载 ${ref} ${title}</a></p>`)}`
  }</section>`;

function targetFields({ round, title, feedback }: Chosen, rounds: readonly Entry[]): Html {
  const option = (value: string, label: string) =>
    value === round
      ? html`<option value="${value}" selected>${label}</option>`
      : html`<option value="${value}">${label}</option>`;
  return html`<div class="field"><label for="round">导入到</label><select id="round" name="round">${option('new', '新建一轮')}${rounds.map((each) => option(each.ref, `${each.ref} ${each.title}`))}</select></div>
<div class="field"><label for="title">新轮次名称<span class="may">选填</span></label><p class="hint">不填则取表格的标题。</p><input type="text" id="title" name="title" maxlength="200" value="${title}"></div>
<div class="field"><label for="feedback">反馈日期<span class="may">选填</span></label><p class="hint">没有写年份的时限，从反馈日期起算；反馈日期不晚于今天。</p><input type="date" id="feedback" name="feedback" value="${feedback}"></div>`;
}

export interface Look {
  key: string;
  file: LedgerFile;
  chosen: Chosen;
  rounds: readonly Entry[];
  /** What the columns mean and where the rows go, to know on confirming that it is what was shown. */
  seen: string;
  /** What would become of it; or why it cannot be read with these columns. */
  result: { found: FoundRows; plan: ImportPlan } | { refused: string };
  /** Something to be said above. */
  said?: string;
}

/** The columns as they are understood, and what would become of each row: to be changed, or confirmed. */
export function lookPage({ key, file, chosen, rounds, seen, result, said }: Look): EndpointReply {
  const refused = 'refused' in result ? result.refused : said;
  const body = html`${refused !== undefined && wrong(refused)}
<form method="post" action="/p/workbook?k=${key}" autocomplete="off">
<button class="first" name="do" value="look" tabindex="-1" aria-hidden="true">重新核对</button>
<input type="hidden" name="seen" value="${seen}">
${'plan' in result && outcome(file, result, chosen)}
<section class="card"><h2>导入到哪里</h2>${targetFields(chosen, rounds)}</section>
${kindsOf(file).map(columnPart)}
<div class="buttons">${'plan' in result && isWorthDoing(result.plan) && html`<button class="primary" name="do" value="confirm">确认导入</button>`}<button name="do" value="look">重新核对</button></div>
</form>`;
  return page('核对后导入', body, { status: refused === undefined ? 200 : 422 });
}

function outcome(
  file: LedgerFile,
  { found, plan }: { found: FoundRows; plan: ImportPlan },
  chosen: Chosen,
): Html {
  const named = rowLines(plan.rows);
  const notes = notesOf(file, found);
  return html`<section class="card"><h2>将要做的</h2><p dir="auto">${targetLine(plan)}。${plan.round && chosen.round === 'new' && '已有同名、同一反馈日期的轮次，所以并入其中；要另建一轮，请改名称。'}</p><p>${countLine(plan.rows, false)}。</p>
${!isWorthDoing(plan) && html`<p>没有可以新增或更改的行，不能导入。</p>`}
${listed(named)}</section>
<section class="card"><h2>前几行读作</h2>${sampleLines(plan.rows).map((line) => html`<p dir="auto">${line.trim()}</p>`)}</section>
${notes.length > 0 && html`<section class="card"><h2>说明</h2>${listed(notes)}</section>`}`;
}

/** Lines shown at once; beyond it the file is better mended first. */
const LINES = 200;

const listed = (lines: readonly string[]): Html =>
  html`<ul>${lines.slice(0, LINES).map((line) => html`<li dir="auto">${line}</li>`)}${
    lines.length > LINES && html`<li>… 另有 ${lines.length - LINES} 条</li>`
  }</ul>`;

/** Sheets with the same headings are asked about once. */
export const kindsOf = ({ layouts }: LedgerFile): Layout[] => [
  ...new Map(layouts.map((layout) => [layout.key, layout])).values(),
];

/** The name under which the page sends which column a field is. */
export const columnName = (index: number, field: Field): string => `c${index}.${field}`;

function columnPart({ sheet, headings, mapping }: Layout, index: number): Html {
  const select = (field: Field) => {
    const name = columnName(index, field);
    const options = [...headings].map(([column, heading]) => {
      const label = `${letterOf(column)} 列 ${heading.replace(/\s+/gu, ' ').slice(0, 30)}`;
      return mapping[field] === column
        ? html`<option value="${letterOf(column)}" selected>${label}</option>`
        : html`<option value="${letterOf(column)}">${label}</option>`;
    });
    return html`<div class="field"><label for="${name}">${FIELDS[field]}</label><select id="${name}" name="${name}"><option value="">没有这一列</option>${options}</select></div>`;
  };
  const [used, unused] = [true, false].map((isUsed) =>
    FIELD_NAMES.filter((field) => (mapping[field] !== undefined) === isUsed),
  );
  return html`<section class="card"><h2>列的对应：工作表「${sheet.name}」</h2><div class="pairs">${used?.map(select)}</div>
<details class="more"><summary>没有对应到列的（${unused?.length ?? 0} 项）</summary><div class="pairs">${unused?.map(select)}</div></details></section>`;
}

/** What came of it. */
export function importedPage(
  key: string,
  round: string,
  rows: ImportPlan['rows'],
  isMore: readonly string[],
): EndpointReply {
  const body = html`<p class="done" role="status">轮次 ${round}：${countLine(rows, true)}。</p>
<section class="card">${listed([...rowLines(rows), ...isMore])}
<p class="hint">逐项情况请在聊天中发送「查看 ${round}」；待分派的发送「指派 全部」。列的对应已记住，下次同样的表头不用再选。</p>
<p><a class="link" href="/p/workbook?k=${key}">再导入一个文件</a></p></section>`;
  return page('已导入', body);
}
