import { randomUUID } from 'node:crypto';
import { BULK_WORDS, type Plan } from '../../bot/page/table-press.ts';
import type { ShownTable, TableRow } from '../../bot/page/table-rows.ts';
import { type TableView, writeView } from '../../bot/page/table-view.ts';
import type { Visitor } from '../../bot/page/visiting.ts';
import type { EndpointReply } from '../../bot/platform.ts';
import type { Entry } from '../../ledger/define.ts';
import { backTo } from './form-page.ts';
import { type Html, html } from './html.ts';
import { filterForm } from './ledger-filter.ts';
import { page } from './page.ts';

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
  const rows = table(shown.rows, query, words.length > 0);
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
  if (nobody !== undefined) return html`<p class="wrong" role="alert">没有叫「${nobody}」的人。</p>`;
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

/** Each press has a name of its own, so that a second click of the same does nothing more. */
function bulkBar(rows: readonly TableRow[], words: readonly string[]): Html {
  const open = rows.filter((row) => row.words.length > 0);
  const button = (word: string) => {
    const count = rows.filter((row) => row.words.includes(word)).length;
    return html`<button name="do" value="${word}">${word}（本页 ${count} 项可办）</button>`;
  };
  return html`<div class="bulk screen" role="group" aria-label="批量办理"><input type="hidden" name="press" value="${randomUUID()}"><input type="hidden" name="page" value="${open.map(({ target }) => target).join(' ')}"><label class="check"><input type="checkbox" name="all" value="true"><span>选本页全部 ${open.length} 项</span></label>${words.map(button)}</div>`;
}

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
  const cell = (name: string, value: Html | string) =>
    html`<td role="cell"${value === '' && html` class="none"`}><span class="label" aria-hidden="true">${name}</span><span dir="auto">${value || '—'}</span></td>`;
  const due = isOverdue ? html`<span class="overdue">已逾期 ${dueOn}</span>` : dueOn;
  const [what = '', kind = '', led = '', where = '', who = '', until = '', how = '', last = ''] = COLUMNS;
  const tick =
    row.words.length > 0
      ? html`<label class="tickbox"><input type="checkbox" name="target" value="${target}"><span class="unseen">勾选 ${ref}</span></label>`
      : html`<span class="unseen">不能批量办理</span>`;
  return html`<tr role="row">${ticks && html`<td role="cell" class="tick">${tick}</td>`}<th scope="row" role="rowheader"><a class="link" href="/p/item?${query}&amp;r=${ref}">${ref}</a></th>${cell(what, title)}${cell(kind, category)}${cell(led, leader)}${cell(where, department)}${cell(who, responsible)}${cell(until, due)}${cell(how, html`<span class="state is-${tone}">${state}</span>`)}${cell(last, latest)}</tr>`;
}

/** What a word that asks nothing would do, to be confirmed. */
export function confirmPage(
  { title, intro }: Plan,
  { word, targets, back, press }: { word: string; targets: readonly string[]; back: string; press: string },
): EndpointReply {
  const body = html`<section class="card"><p>将办理 ${targets.length} 项：</p>${intro.map((each) => html`<p dir="auto">${each}</p>`)}<p class="hint">${targets.map((target) => target.replace(/@\d+$/u, '')).join('、')}</p></section>
<form method="post" action="/p/items?${back}"><input type="hidden" name="press" value="${press}"><input type="hidden" name="sure" value="true"><input type="hidden" name="all" value="true"><input type="hidden" name="page" value="${targets.join(' ')}">
<div class="buttons"><button class="primary" name="do" value="${word}">确认${word}</button></div></form>${backTo(back)}`;
  return page(title, body);
}

export const refusedPage = (said: string, back: string): EndpointReply =>
  page('没有办理', html`<div class="wrong" role="alert"><p dir="auto">${said}</p></div>${backTo(back)}`, {
    status: 422,
  });
