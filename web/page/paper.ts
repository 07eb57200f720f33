import type { House } from '../../bot/house.ts';
import { revealed } from '../../bot/page/page-entry.ts';
import { pageOf, visitorOf } from '../../bot/page/visiting.ts';
import type { EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import type { CalendarDate } from '../../ledger/calendar.ts';
import type { Entry } from '../../ledger/define.ts';
import { readPeriod } from '../../ledger/period.ts';
import { reportOf } from '../../ledger/rectification/published/report-of.ts';
import { mayPublish } from '../../ledger/rectification/published/who-publishes.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { PaperForm } from '../../paper/form.ts';
import { reportForm } from '../../paper/report-form.ts';
import { cookieIn } from './cookie.ts';
import { download } from './download.ts';
import { keyIn } from './form-page.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';

/** The ledger whose records have an official form, and the one whose rounds are published. */
const ON_PAPER = 'intercession';
const PUBLISHED = 'rectification';

// What makes documents is large: it is loaded when somebody wants one, not when the house opens.
const MADE_BY: Readonly<Record<string, (form: PaperForm) => Promise<Uint8Array>>> = {
  docx: async (form) => (await import('../../paper/form-docx.ts')).formDocx(form),
  pdf: async (form) => (await import('../../paper/form-pdf.ts')).formPdf(form),
};

export function paperLinks(
  key: string,
  { ledger, parentId }: Pick<Entry, 'ledger' | 'parentId'>,
): Html | undefined {
  if (ledger === ON_PAPER)
    return html`<section class="card"><h2>报告表</h2><div class="links"><a class="link" href="/p/paper?k=${key}&as=docx">下载 Word 文档</a><a class="link" href="/p/paper?k=${key}&as=pdf">下载 PDF</a></div></section>`;
  if (ledger === PUBLISHED && parentId === null)
    return html`<section class="card"><h2>对外通报</h2><div class="links"><a class="link" href="/p/published?k=${key}">下载 Word 文档</a></div></section>`;
  return undefined;
}

/** GET: 通报 of the round as the ledger now stands, for those who may ask for it in the chat. */
export async function publishedTaken(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const visitor = await visitorOf(house, cookieIn(request.headers));
  const { ref } = pageOf(visitor, 'entry', keyIn(request));
  const { entries, person, today, store } = visitor.asking;
  if (!mayPublish(person)) throw new Refusal('not-permitted', '通报由党组书记、纪检和督查人员下载。');
  const { report, isFinal } = await reportOf({ entries, today, rules: store.rules }, ref);
  const { publishedReportDocx } = await import('../../paper/published-report-docx.ts');
  const name = `${report.title}${isFinal ? '' : '（草稿）'}-${ref}-${today}.docx`;
  return download(name, await publishedReportDocx(report, isFinal));
}

/** GET: 报告表 of the record, to be printed and signed. That it is read is recorded before. */
export async function paperTaken(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const visitor = await visitorOf(house, cookieIn(request.headers));
  const opened = pageOf(visitor, 'entry', keyIn(request));
  const ending = request.query.get('as') ?? '';
  const make = Object.hasOwn(MADE_BY, ending) ? MADE_BY[ending] : undefined;
  if (!make) throw new Refusal('invalid-input', '报告表可以下载为 docx 或 pdf。');
  const { reading, receipt } = await revealed(visitor, opened);
  if (reading.entry.ledger !== ON_PAPER) throw new Refusal('invalid-input', '这类记录没有报告表。');
  const { directory, person, store } = visitor.asking;
  const { calendar, rules } = store;
  const form = reportForm(reading, {
    ...{ directory, calendar, rules, reader: person },
    ...(receipt !== undefined && { receipt }),
  });
  return download(`报告表-${reading.entry.ref}.${ending}`, await make(form));
}

/** GET: from where 台账 is taken away. */
export async function ledgerPage(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const visitor = await visitorOf(house, cookieIn(request.headers));
  const { key } = pageOf(visitor, 'ledger', keyIn(request));
  const thisYear = yearOf(visitor.asking.today);
  const years = [thisYear, thisYear - 1];
  const body = html`<section class="card"><p>含您可以查看的全部记录，不含内容和姓名。</p>
<p><a class="link" href="/p/ledger.xlsx?k=${key}">下载 Excel 表格</a></p></section>
<section class="card"><h2>统计表</h2><p>只有数字，较小的不列出。${years.map((year) => html`<a class="link" href="/p/figures.xlsx?k=${key}&year=${year}">下载 ${year} 年统计表</a> `)}</p></section>`;
  return page('说情打招呼台账', body);
}

/** GET: 台账 as it stands. */
export async function ledgerTaken(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const visitor = await visitorOf(house, cookieIn(request.headers));
  pageOf(visitor, 'ledger', keyIn(request));
  const { today, store } = visitor.asking;
  const { ledgerXlsx } = await import('../../paper/ledger-xlsx.ts');
  return download(`说情打招呼台账-${today}.xlsx`, await ledgerXlsx(visitor.asking, store.calendar));
}

/** GET: the figures of a year as .xlsx, as this reader may see them. */
export async function figuresTaken(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const visitor = await visitorOf(house, cookieIn(request.headers));
  pageOf(visitor, 'ledger', keyIn(request));
  const { calendar, ledgers, rules } = visitor.asking.store;
  const { directory, entries, person, today } = visitor.asking;
  const named = request.query.get('year') ?? `${yearOf(today)}`;
  const period = readPeriod(named, today, calendar);
  if (!period) throw new Refusal('invalid-input', `没有「${named.slice(0, 20)}」这一年的统计表。`);
  const counted = ledgers.filter((ledger) => ledger.hidesSmallFigures && ledger.overseenBy(person));
  const situation = { today, calendar, rules, period, directory };
  const tables = await Promise.all(counted.map((ledger) => ledger.statistics?.(entries, situation)));
  const { tablesXlsx } = await import('../../paper/tables-xlsx.ts');
  return download(`说情打招呼统计-${period.id}.xlsx`, await tablesXlsx(tables.flatMap((some) => some ?? [])));
}

const yearOf = (on: CalendarDate): number => Number(on.slice(0, 4));
