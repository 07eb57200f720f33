import { readFile } from 'node:fs/promises';
import { faultSentence } from '../../bot/fault-answer.ts';
import type { House } from '../../bot/house.ts';
import { leave, visitAt } from '../../bot/page/visiting.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { limitedByVisitor } from '../limits/by-visitor.ts';
import { Papers } from '../limits/papers.ts';
import { cookieIn, dropCookie } from './cookie.ts';
import { askForCode, isSecure, openWithCode } from './entering.ts';
import { entryPage, filesSent, fileTaken, pressed } from './entry-page.ts';
import { uploadBytes } from './files.ts';
import { formPage, formSent } from './form-page.ts';
import { html } from './html.ts';
import { workbookPage, workbookSent, workbookTaken } from './import-endpoints.ts';
import { HeldLedgers } from './import-held.ts';
import { itemPage, tablePage, tablePressed } from './ledger-endpoints.ts';
import { page, SAFE_HEADERS, sentence } from './page.ts';
import { figuresTaken, ledgerPage, ledgerTaken, paperTaken, publishedTaken } from './paper.ts';
import { isLight, Uploads } from './uploads.ts';

/** The largest body of a page without files. */
const SMALL = 64 * 1024;
const LEFT = '已离开，这个页面上的内容不能再打开。需要时请回到聊天，重新获取链接。';

type Handle = (house: House, request: EndpointRequest) => Promise<EndpointReply>;

/** `/p/…`: pages of the house's own, for what does not travel by a chat; none where browsers do not reach the house. */
export async function visitEndpoints(house: House): Promise<Endpoint[]> {
  if (!house.pagesAt) return [];
  const get = (path: string, handle: Handle): Endpoint => ({
    method: 'GET',
    path,
    handle: (request) => handle(house, request),
  });
  const post = (path: string, handle: Handle, maxBytes = SMALL): Endpoint => ({
    method: 'POST',
    path,
    maxBytes,
    refuses: async (request) => (comesFromElsewhere(request) ? sentence(ELSEWHERE) : undefined),
    handle: (request) => handle(house, request),
  });
  const maxBytes = uploadBytes(house.store.rules);
  const uploads = new Uploads(maxBytes);
  const upload = (path: string, handle: Handle, takesTextLate = false): Endpoint => ({
    ...post(path, handle, maxBytes),
    tooLarge: sentence('文件太大或太多，没有收下，也没有办理。请返回，减少或压缩文件后重试。', 413),
    refuses: async (request) =>
      (await refusesUpload(house, request, takesTextLate)) ?? uploads.begin(request),
    ended: (request) => uploads.end(request),
  });
  const made = inTurn(new Papers(house.store.rules.limits));
  const limited = limitedByVisitor(house);
  return [
    get('/p/style.css', await styleSheet('style.css')),
    get('/p/table.css', await styleSheet('table.css')),
    post('/p/leave', left),
    ...[
      get('/p/form', formPage),
      upload('/p/form', formSent, true),
      get('/p/view', entryPage),
      post('/p/act', pressed),
      upload('/p/files', filesSent),
      get('/p/file', fileTaken),
      get('/p/paper', made(paperTaken)),
      get('/p/published', made(publishedTaken)),
      get('/p/workbook', workbookPage),
      upload('/p/workbook', workbookSent(new HeldLedgers(() => house.now()))),
      get('/p/workbook.xlsx', made(workbookTaken)),
      get('/p/items', tablePage),
      post('/p/items', tablePressed),
      get('/p/item', itemPage),
      get('/p/ledger', ledgerPage),
      get('/p/ledger.xlsx', made(ledgerTaken)),
      get('/p/figures.xlsx', made(figuresTaken)),
    ].map(limited),
    get('/p/:secret', askForCode),
    post('/p/:secret', openWithCode, 4096),
  ].map((endpoint) => guarded(house, endpoint));
}

async function styleSheet(name: string): Promise<Handle> {
  const body = await readFile(new URL(name, import.meta.url));
  const headers = { ...SAFE_HEADERS, 'cache-control': 'no-cache' };
  return async () => ({ status: 200, type: 'text/css; charset=utf-8', body, headers });
}

const ELSEWHERE = '这个请求不是从本页面发出的，没有办理。';

/** The cookie is sent from our own pages only; browsers say besides where a request comes from. */
const comesFromElsewhere = ({ headers }: Pick<EndpointRequest, 'headers'>): boolean =>
  ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site'] ?? ''));

const CLOSED = '页面已关闭或已超时。请回到聊天，重新获取链接。';
const LATE_FILES = '页面已超时，这次发送的内容和文件没有收下。请回到聊天，重新获取链接。';

/** Nobody makes the house read in a large body who is not visiting; text may come late where it is put by. */
async function refusesUpload(
  house: House,
  request: Omit<EndpointRequest, 'body'>,
  takesTextLate: boolean,
): Promise<EndpointReply | undefined> {
  if (comesFromElsewhere(request)) return sentence(ELSEWHERE);
  const visit = await visitAt(house, cookieIn(request.headers));
  if (visit === 'none') return sentence(CLOSED);
  if (visit === 'over' && !(takesTextLate && isLight(request))) return sentence(LATE_FILES);
  return undefined;
}

/** What takes long to make waits for its turn; who is not visiting gets none. */
const inTurn =
  (papers: Papers) =>
  (handle: Handle): Handle =>
  async (house, request) => {
    const isVisiting = (await visitAt(house, cookieIn(request.headers))) !== 'none';
    return isVisiting ? papers.make(request, () => handle(house, request)) : handle(house, request);
  };

/** A no is a sentence, a fault a fixed line. */
const guarded = (house: House, endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  async handle(request) {
    try {
      return await endpoint.handle(request);
    } catch (fault) {
      if (fault instanceof Refusal) return sentence(fault.message);
      const { id = '' } = request;
      house.log.error({ err: fault, requestId: id }, 'a page met a fault');
      return sentence(faultSentence(id), 500);
    }
  },
});

async function left(house: House, { headers }: EndpointRequest): Promise<EndpointReply> {
  await leave(house, cookieIn(headers));
  const reply = page('已离开', html`<p class="card">${LEFT}</p>`, { leaves: false });
  return { ...reply, headers: { ...reply.headers, 'set-cookie': dropCookie(isSecure(house)) } };
}
