import { randomUUID } from 'node:crypto';
import type { House } from '../../bot/house.ts';
import { type EntryPage, entryOf, movesIt, press, showEntryPage } from '../../bot/page/page-entry.ts';
import { addToEntry, canAddFiles, fileOfEntry, filesOfEntry } from '../../bot/page/page-files.ts';
import { pageOf, type Visitor, visitorOf } from '../../bot/page/visiting.ts';
import type { EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import { type Action, type Content, text } from '../../ledger/message.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { one, readSent } from './body.ts';
import { contentBody, titleOf } from './content.ts';
import { cookieIn } from './cookie.ts';
import { download } from './download.ts';
import { fileInput, fileLimits, fileList } from './files.ts';
import { backTo, keyIn, resultPage } from './form-page.ts';
import { type Html, html } from './html.ts';
import { goTo, page } from './page.ts';
import { paperLinks } from './paper.ts';

/** GET: the record in full, what can be done with it, its files. */
export async function entryPage(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const { visitor, opened } = await visited(house, request);
  return shown(visitor, opened, request.query.get('kept') === '1' ? [] : undefined);
}

async function visited(house: House, request: EndpointRequest) {
  const visitor = await visitorOf(house, cookieIn(request.headers));
  return { visitor, opened: pageOf(visitor, 'entry', keyIn(request)) };
}

/** @param refused after files were sent: which of them were not kept */
async function shown(
  visitor: Visitor,
  opened: EntryPage,
  refused?: readonly string[],
): Promise<EndpointReply> {
  const content = await showEntryPage(visitor, opened);
  const said =
    refused?.length === 0
      ? html`<p class="done" role="status">文件已保存。</p>`
      : refused &&
        html`<div class="wrong" role="alert">${refused.map((line) => html`<p dir="auto">${line}</p>`)}</div>`;
  const body = html`${said}${await contentBody(content)}${buttons(visitor, opened, content)}${await files(visitor, opened)}${paperLinks(opened.key, await entryOf(visitor, opened))}${backTo(opened.back)}`;
  return page(titleOf(content), body, { status: refused && refused.length > 0 ? 422 : 200 });
}

function buttons(visitor: Visitor, opened: EntryPage, content: Content): Html | undefined {
  const actions = content.kind === 'notice' ? content.actions : [];
  const open = actions.filter((action) => movesIt(visitor, opened, action));
  return open.length > 0
    ? html`<div class="buttons">${open.map((action) => buttonOf(opened, action))}</div>`
    : undefined;
}

/** Each press has a name of its own, so that a second click of the same does nothing more. */
function buttonOf({ key }: EntryPage, { action, label, style }: Action): Html {
  const inside = html`<input type="hidden" name="press" value="${randomUUID()}"><input type="hidden" name="line" value="${action}">`;
  const form = (look: string, words: string) =>
    html`<form method="post" action="/p/act?k=${key}">${inside}<button class="${look}">${words}</button></form>`;
  if (style !== 'danger') return form(style ?? 'plain', label);
  return html`<details><summary>${label}</summary>${form('danger', `确认${label}`)}</details>`;
}

async function files(visitor: Visitor, opened: EntryPage): Promise<Html | undefined> {
  const found = await filesOfEntry(visitor, opened);
  const canAdd = await canAddFiles(visitor, opened);
  if (found.length === 0 && !canAdd) return undefined;
  const take = (id: string) => html`<a class="link" href="/p/file?k=${opened.key}&f=${id}">下载</a>`;
  const add =
    canAdd &&
    html`<form method="post" action="/p/files?k=${opened.key}" enctype="multipart/form-data">
<input type="hidden" name="press" value="${randomUUID()}">
<label for="files">补充佐证</label>${fileInput(visitor.asking.store.rules)}
<div class="buttons"><button>上传</button></div></form>`;
  return html`<section class="card"><h2>佐证文件</h2>${fileList(found, take)}${add}</section>`;
}

const PRESS = /^[0-9a-f-]{36}$/;

function pressIn(named: string): string {
  if (!PRESS.test(named)) throw new Refusal('invalid-input', '发送的内容读不出来，没有办理。请返回重试。');
  return named;
}

/** POST: presses a button. */
export async function pressed(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const { visitor, opened } = await visited(house, request);
  const sent = await readSent(request, { files: 0, fileBytes: 0 });
  const line = one(sent, 'line');
  const { form, answer } = await press(house, visitor, opened, { line, press: pressIn(one(sent, 'press')) });
  if (form !== undefined) return goTo(`/p/form?k=${form}`);
  const content = answer.card ?? text(answer.toast ?? '');
  return resultPage(visitor, content, {}, answer.refused ? 422 : 200);
}

/** POST: files for the entry. */
export async function filesSent(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const { visitor, opened } = await visited(house, request);
  const sent = await readSent(request, fileLimits(house.store.rules));
  if (sent.files.length === 0) return shown(visitor, opened, ['没有选择文件。']);
  const occasion = pressIn(one(sent, 'press'));
  const refused = await addToEntry(house, visitor, opened, { files: sent.files, occasion });
  return refused.length > 0 ? shown(visitor, opened, refused) : goTo(`/p/view?k=${opened.key}&kept=1`);
}

/** GET: one file, to be kept and never shown by the browser itself. */
export async function fileTaken(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const { visitor, opened } = await visited(house, request);
  const { file, bytes } = await fileOfEntry(visitor, opened, request.query.get('f') ?? '');
  return download(file.name, bytes);
}
