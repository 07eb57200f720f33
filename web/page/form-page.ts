import type { House } from '../../bot/house.ts';
import { addToForm, dropFromForm, filesOfForm, takesFiles } from '../../bot/page/page-files.ts';
import {
  abandon,
  type Draft,
  entryIn,
  type FormPage,
  fieldsOf,
  putBy,
  sendForm,
  showForm,
} from '../../bot/page/page-form.ts';
import { isOver, openedAs, pageOf, type Visitor, visitorOf } from '../../bot/page/visiting.ts';
import type { EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import type { RawValues } from '../../ledger/form.ts';
import type { Content, FormContent } from '../../ledger/message.ts';
import { leftEmpty, one, rawValues, readSent, type Sent, SHOWN } from './body.ts';
import { contentBody, titleOf } from './content.ts';
import { cookieIn } from './cookie.ts';
import { fieldList, wrongOnes } from './fields.ts';
import { fileInput, fileLimits, fileList } from './files.ts';
import { type Html, html } from './html.ts';
import { goTo, page, sentence } from './page.ts';

/** GET: the form as it stands, or what came of it. */
export async function formPage(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const arrived = await visitorOf(house, cookieIn(request.headers));
  const opened = pageOf(arrived, 'form', keyIn(request));
  const { visitor, draft, content } = await showForm(house, arrived, opened);
  const isKept = request.query.get('kept') === '1';
  return shown(house, visitor, { opened, draft, content }, { done: isKept ? KEPT : undefined });
}

const KEPT = '已暂存，还没有提交。';
const LATE = '页面已超时。您填写的内容已为您暂存，没有提交。请回到聊天，重新获取链接后继续。';

export const keyIn = ({ query }: Pick<EndpointRequest, 'query'>): string => query.get('k') ?? '';

interface Showing {
  opened: FormPage;
  draft: Draft;
  content: Content;
}

/** What is said above. */
interface Said {
  done?: string | undefined;
  wrong?: readonly string[];
  /** The query of the table from which it was done. */
  back?: string | undefined;
}

async function shown(
  house: House,
  visitor: Visitor,
  { opened, draft, content }: Showing,
  said: Said,
): Promise<EndpointReply> {
  if (content.kind !== 'form') return resultPage(visitor, content, { ...said, back: opened.back });
  const files = takesFiles(house, draft) && (await filePart(visitor, opened));
  const body = html`${await contentBody(content)}${above(said)}${wrongOnes(content.fields)}
${formBody(opened.key, content, files || undefined)}`;
  const isWrong = (said.wrong ?? []).length > 0 || content.fields.some(({ error }) => error !== undefined);
  return page(content.title, body, { status: isWrong ? 422 : 200 });
}

const above = ({ done, wrong = [] }: Said): Html =>
  html`${done !== undefined && html`<p class="done" role="status">${done}</p>`}${
    wrong.length > 0 &&
    html`<div class="wrong" role="alert">${wrong.map((line) => html`<p dir="auto">${line}</p>`)}</div>`
  }`;

async function filePart(visitor: Visitor, opened: FormPage): Promise<Html> {
  const files = await filesOfForm(visitor, opened);
  const drop = (id: string) => html`<button name="do" value="drop ${id}">移除</button>`;
  const { rules } = visitor.asking.store;
  return html`<div class="field"><label for="files">佐证文件<span class="may">选填</span></label>${files.length > 0 && html`<p class="hint">下面的文件已随表单保存，不用再选。</p>`}${fileList(files, drop)}${fileInput(rules)}</div>`;
}

/** Enter presses the first button of a form: that keeps, and does not send. */
const formBody = (key: string, { fields }: FormContent, files: Html | undefined): Html =>
  html`<form method="post" action="/p/form?k=${key}" enctype="multipart/form-data" novalidate autocomplete="off" spellcheck="false">
<button class="first" name="do" value="keep" tabindex="-1" aria-hidden="true">暂存</button>
<input type="hidden" name="${SHOWN}" value="${fields.map(({ name }) => name).join(' ')}">
${fieldList(fields)}${files}
<div class="buttons"><button class="primary" name="do" value="send">提交</button><button name="do" value="keep">暂存</button></div>
</form>
<details><summary>不再填写</summary>
<form method="post" action="/p/form?k=${key}"><p>放弃后，已填写的内容会被清除，不作任何登记。</p>
<button class="danger" name="do" value="abandon">放弃并清除</button></form></details>`;

/** What came of something: an answer as the chat would show it, with the way to the entry where there is one. */
export async function resultPage(
  { visit }: Visitor,
  content: Content,
  said: Said = {},
  status = 200,
): Promise<EndpointReply> {
  const ref = entryIn(content);
  const entry = visit.opened.find((opened) => opened.kind === 'entry' && opened.ref === ref);
  const onward = entry && html`<p><a class="link" href="/p/view?k=${entry.key}">查看这条记录</a></p>`;
  const body = html`${above(said)}${await contentBody(content)}${onward}${backTo(said.back)}<p class="hint">同样的内容也会在聊天中告诉您。办完请点右上角「离开」。</p>`;
  return page(titleOf(content), body, { status });
}

/** The way back to the table, with all that was chosen there. */
export const backTo = (back: string | undefined): Html | undefined =>
  back === undefined ? undefined : html`<p><a class="link" href="/p/items?${back}">回到台账</a></p>`;

/** POST: keeps what was typed in any case, then does what the button says. */
export async function formSent(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const visitor = await visitorOf(house, cookieIn(request.headers));
  const opened = openedAs(visitor, 'form', keyIn(request));
  const sent = await readSent(request, fileLimits(house.store.rules));
  const [act = '', id = ''] = one(sent, 'do').split(' ');
  if (act === 'abandon') {
    const { toast = '', card } = await abandon(house, visitor, pageOf(visitor, 'form', opened.key));
    return resultPage(visitor, card ?? { kind: 'text', text: toast }, { back: opened.back });
  }
  const { draft, content: before } = await showForm(house, visitor, opened);
  const fields = fieldsOf(house, draft);
  const raw = rawValues(sent, fields);
  const kept = await putBy(house, visitor, opened, { raw, emptied: leftEmpty(sent, fields) });
  if (isOver(visitor)) return sentence(LATE);
  const wrong = await changeFiles(house, visitor, opened, { sent, kept, dropped: act === 'drop' ? id : '' });
  if (wrong.length > 0) {
    const { content } = await showForm(house, visitor, opened);
    return shown(house, visitor, { opened, draft, content }, { wrong });
  }
  if (act !== 'send') return goTo(`/p/form?k=${opened.key}&kept=1`);
  return send(house, visitor, { opened, draft: kept, raw: { ...askedIn(before, kept), ...raw } });
}

/** What stands in the fields that the form asks now: others were for another state of the things. */
function askedIn(content: Content, { raw }: Draft): RawValues {
  const asked = content.kind === 'form' ? content.fields.map(({ name }) => name) : [];
  return Object.fromEntries(Object.entries(raw).filter(([name]) => asked.includes(name)));
}

async function changeFiles(
  house: House,
  visitor: Visitor,
  opened: FormPage,
  { sent, kept, dropped }: { sent: Sent; kept: Draft; dropped: string },
): Promise<string[]> {
  if (!takesFiles(house, kept) || kept.state !== 'open') return [];
  if (dropped !== '') await dropFromForm(visitor, opened, dropped);
  return addToForm(visitor, opened, sent.files);
}

async function send(
  house: House,
  visitor: Visitor,
  { opened, draft, raw }: { opened: FormPage; draft: Draft; raw: RawValues },
): Promise<EndpointReply> {
  const { toast = '', refused, card } = await sendForm(house, visitor, opened, raw);
  if (!refused) return goTo(`/p/form?k=${opened.key}`);
  if (card?.kind === 'form') {
    // Where something is wrong stands beside the fields, and in a list above: it need not be said a third time.
    const content = { ...card, intro: card.intro.filter((line) => line !== toast) };
    const isNamed = card.fields.some(({ error }) => error !== undefined);
    return shown(house, visitor, { opened, draft, content }, { wrong: isNamed ? [] : [toast] });
  }
  return resultPage(visitor, card ?? { kind: 'text', text: toast }, { back: opened.back }, 422);
}
