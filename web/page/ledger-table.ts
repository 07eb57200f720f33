import { randomUUID } from 'node:crypto';
import { BULK_WORDS } from '../../bot/page/table-press.ts';
import type { ShownTable, TableRow } from '../../bot/page/table-rows.ts';
import { type TableView, writeView } from '../../bot/page/table-view.ts';
import type { Visitor } from '../../bot/page/visiting.ts';
import type { Entry } from '../../ledger/define.ts';
import { type Html, html } from './html.ts';
import { filterForm } from './ledger-filter.ts';

export interface TableShown {
  key: string;
  view: TableView;
  shown: ShownTable;
  rounds: readonly Entry[];
  isPrint: boolean;
  mostCounted: number;
}

/** The filter, the table under one form with its buttons, and the ways on. */
export function tableBody(asking: Visitor['asking'], all: TableShown): Html {
  const { key, view, shown, rounds, isPrint } = all;
  const query = writeView(key, view);
  const minute = asking.store.calendar.minuteOf(asking.at).replace('T', ' ');
  const printed = html`<p class="printed">打印人：${asking.person.name}（${asking.person.department}） 打印时间：${minute}</p>`;
  if (isPrint)
    return html`<p class="screen"><a class="link" href="/p/items?${query}">回到台账</a></p><p class="hint screen">请用浏览器的打印功能（横向 A4）。</p>${printed}${countLine(all)}${table(shown.rows, query, false)}`;
  const words = BULK_WORDS.filter((word) => shown.rows.some((row) => row.words.includes(word)));
  const rows = shown.nobody === undefined && table(shown.rows, query, words.length > 0);
  return html`${filterForm(asking, { key, view, rounds })}${printed}${countLine(all)}
${
  words.length > 0
    ? html`<form method="post" action="/p/items?${query}">${bulkBar(shown.rows, words)}${rows}</form>`
    : rows
}${onward(all)}`;
}

/** How many there are, as far as that is counted, and what was not looked through. */
function countLine({ view, shown, mostCounted }: TableShown): Html {
  const { total, rows, nobody, isByRef, isPart } = shown;
  if (nobody !== undefined)
    return html`<p class="wrong" role="alert">没有叫「${nobody}」的人。请填写完整的姓名，或者工号。</p>`;
  const counted =
    total === undefined ? '' : total > mostCounted ? `共 ${mostCounted}+ 项，` : `共 ${total} 项，`;
  const where = view.after === undefined ? '' : '（不是第一页）';
  return html`<p role="status">${counted}本页 ${rows.length} 项${where}。</p>${
    isByRef && html`<p class="hint">条目很多，按文字或类别查找时按编号排列。</p>`
  }${isPart && html`<p class="hint">还没有找完，可以继续往后找。</p>`}`;
}

function onward({ key, view, shown }: TableShown): Html {
  const { after, ...first } = view;
  const link = (words: string, to: Partial<TableView>) =>
    html`<a class="link" href="/p/items?${writeView(key, to)}">${words}</a>`;
  return html`<nav class="links screen" aria-label="翻页和打印">${after !== undefined && link('回到第一页', first)}${
    shown.next !== undefined && link(shown.isPart ? '继续往后找' : '下一页', { ...view, after: shown.next })
  }${shown.rows.length > 0 && html`<a class="link" href="/p/items?${writeView(key, first)}&amp;print=1">打印</a>`}</nav>`;
}

/**
 * Each press has a name of its own, so that a second click of the same does nothing more; and the tick for all means, with each
 * button, those of the page with which its word can be said.
 */
function bulkBar(rows: readonly TableRow[], words: readonly string[]): Html {
  const open = (word: string) => rows.filter((row) => row.words.includes(word));
  const button = (word: string) =>
    html`<button name="do" value="${word}">${word}（本页 ${open(word).length} 项可办）</button>`;
  const page = (word: string) =>
    html`<input type="hidden" name="${rowsNamed(word)}" value="${open(word)
      .map(({ target }) => target)
      .join(' ')}">`;
  return html`<div class="bulk screen" role="group" aria-label="批量办理"><input type="hidden" name="press" value="${randomUUID()}">${words.map(page)}<label class="check"><input type="checkbox" name="all" value="true"><span>全选本页可办的</span></label>${words.map(button)}</div>`;
}

/** Under which name the rows of the page are sent with which the word can be said. */
export const rowsNamed = (word: string): string => `page.${(BULK_WORDS as readonly string[]).indexOf(word)}`;

const COLUMNS = ['问题／措施', '类别', '责任领导', '责任科室', '责任人', '时限', '状态', '最近情况'] as const;

// On a phone a row is a card: the roles keep it a table to who hears it.
function table(rows: readonly TableRow[], query: string, ticks: boolean): Html {
  if (rows.length === 0) return html`<p class="card">没有符合条件且您可以查看的事项。</p>`;
  const width = COLUMNS.length + (ticks ? 2 : 1);
  const groups: TableRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && last[0]?.heading === row.heading) last.push(row);
    else groups.push([row]);
  }
  return html`<table class="items" role="table"><caption>整改事项</caption>
<thead role="rowgroup"><tr role="row">${ticks && html`<th scope="col" role="columnheader" class="tick">勾选</th>`}<th scope="col" role="columnheader">编号</th>${COLUMNS.map((name) => html`<th scope="col" role="columnheader">${name}</th>`)}</tr></thead>
${groups.map((group) => html`<tbody role="rowgroup">${headingRow(group[0]?.heading, width)}${group.map((row) => line(row, query, ticks))}</tbody>`)}</table>`;
}

const headingRow = (heading: string | undefined, width: number): Html | undefined =>
  heading === undefined
    ? undefined
    : html`<tr role="row" class="group"><th scope="rowgroup" role="rowheader" colspan="${width}" dir="auto">${heading}</th></tr>`;

function line(row: TableRow, query: string, ticks: boolean): Html {
  const {
    ref,
    target,
    title,
    category,
    leader,
    department,
    responsible,
    dueOn,
    isOverdue,
    state,
    tone,
    latest,
  } = row;
  const cell = (name: string, value: Html | string, look = value === '' ? 'none' : '') =>
    html`<td role="cell"${look !== '' && html` class="${look}"`}><span class="label" aria-hidden="true">${name}</span><span dir="auto">${value || '—'}</span></td>`;
  const due = isOverdue ? html`<span class="overdue">已逾期 ${dueOn}</span>` : dueOn;
  const [what = '', kind = '', led = '', where = '', who = '', until = '', how = '', last = ''] = COLUMNS;
  const tick =
    row.words.length > 0
      ? html`<label class="tickbox"><input type="checkbox" name="target" value="${target}"><span class="unseen">勾选 ${ref}</span></label>`
      : html`<span class="unseen">不能批量办理</span>`;
  return html`<tr role="row">${ticks && html`<td role="cell" class="tick">${tick}</td>`}<th scope="row" role="rowheader"><a class="link" href="/p/item?${query}&amp;r=${ref}">${ref}</a></th>${cell(what, title, 'what')}${cell(kind, category)}${cell(led, leader)}${cell(where, department)}${cell(who, responsible)}${cell(until, due)}${cell(how, html`<span class="state is-${tone}">${state}</span>${row.kept.map((why) => html`<span class="kept">${why}</span>`)}`)}${cell(last, latest)}</tr>`;
}
