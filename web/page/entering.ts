import type { House } from '../../bot/house.ts';
import { enter } from '../../bot/page/visiting.ts';
import type { EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import { one, readSent } from './body.ts';
import { cookieIn, setCookie } from './cookie.ts';
import { type Html, html } from './html.ts';
import { goTo, page } from './page.ts';

const WRONG = '链接或口令不对，或者已经失效。请核对口令；仍打不开，请回到聊天重新获取链接。';

/** 口令. Whoever only loads it, as programs do that preview addresses, learns nothing and uses nothing up. */
export const askForCode = async (): Promise<EndpointReply> => codePage(200);

function codePage(status: number, said?: string): EndpointReply {
  return page('请输入口令', codeForm(said), { status, leaves: false });
}

const codeForm = (said?: string): Html => html`<form method="post" autocomplete="off" class="card">
${said !== undefined && html`<p class="error" role="alert" id="said">${said}</p>`}
<div class="field"><label for="code">六位口令</label>
<p class="hint" id="hint">口令在给您这个链接的聊天消息里。</p>
<input class="code" id="code" name="code" inputmode="numeric" maxlength="12" required autofocus aria-describedby="hint"></div>
<div class="buttons"><button class="primary">打开</button></div>
</form>`;

/** Opens the page with the right code, once; everything else comes to one and the same answer. */
export async function openWithCode(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const sent = await readSent(request, { files: 0, fileBytes: 0 });
  const code = one(sent, 'code').normalize('NFKC').replace(/\D/gu, '');
  const secret = request.params?.secret ?? '';
  const opened = await enter(house, { secret, code, cookie: cookieIn(request.headers) });
  if (!opened) return codePage(403, WRONG);
  const { cookie, page: found } = opened;
  return goTo(`/p/${PLACES[found.kind]}?k=${found.key}`, {
    'set-cookie': setCookie(cookie, isSecure(house)),
  });
}

const PLACES = {
  form: 'form',
  entry: 'view',
  ledger: 'ledger',
  workbook: 'workbook',
  items: 'items',
} as const;

export const isSecure = ({ pagesAt, platforms }: House): boolean =>
  platforms.some(({ name }) => pagesAt?.(name)?.startsWith('https:'));
