import type { Plan, RefusedRow } from '../../bot/page/table-press.ts';
import type { EndpointReply } from '../../bot/platform.ts';
import { backTo } from './form-page.ts';
import { type Html, html } from './html.ts';
import { rowsNamed } from './ledger-table.ts';
import { page } from './page.ts';

/** What a word that asks nothing would do, to be confirmed. */
export function confirmPage(
  { title, intro }: Plan,
  { word, targets, back, press }: { word: string; targets: readonly string[]; back: string; press: string },
): EndpointReply {
  const body = html`<section class="card"><p>将办理 ${targets.length} 项：</p>${intro.map((each) => html`<p dir="auto">${each}</p>`)}${
    targets.length > intro.length &&
    html`<p class="hint">${targets.map((target) => target.replace(/@\d+$/u, '')).join('、')}</p>`
  }</section>
${pressForm({ word, targets, back, press, sure: 'true' }, `确认${word}`)}${backTo(back)}`;
  return page(title, body);
}

export const refusedPage = (said: string, back: string): EndpointReply =>
  page('没有办理', html`<div class="wrong" role="alert"><p dir="auto">${said}</p></div>${backTo(back)}`, {
    status: 422,
  });

/** What cannot be done, row by row; nothing was done, and the others can be with one press. */
export function notDonePage(
  { refused, others, press }: { refused: readonly RefusedRow[]; others: readonly string[]; press: string },
  { word, back }: { word: string; back: string },
): EndpointReply {
  const rows = refused.map(({ ref, why }) => html`<li><b>${ref}</b><p dir="auto">${why}</p></li>`);
  const all = refused.length + others.length;
  const said =
    others.length > 0
      ? `勾选的 ${all} 项都还没有办理。其中 ${refused.length} 项不能「${word}」：`
      : `勾选的 ${all} 项都不能「${word}」，没有办理：`;
  const body = html`<div class="wrong" role="alert"><p>${said}</p><ul>${rows}</ul></div>${
    others.length > 0 &&
    pressForm({ word, targets: others, back, press }, `只办理其余 ${others.length} 项：${word}`)
  }${backTo(back)}`;
  return page('没有办理', body, { status: 422 });
}

/** Presses a word once more, of just these. */
const pressForm = (
  {
    word,
    targets,
    back,
    press,
    sure = '',
  }: { word: string; targets: readonly string[]; back: string; press: string; sure?: string },
  label: string,
): Html =>
  html`<form method="post" action="/p/items?${back}"><input type="hidden" name="press" value="${press}"><input type="hidden" name="sure" value="${sure}"><input type="hidden" name="all" value="true"><input type="hidden" name="${rowsNamed(word)}" value="${targets.join(' ')}">
<div class="buttons"><button class="primary" name="do" value="${word}">${label}</button></div></form>`;
