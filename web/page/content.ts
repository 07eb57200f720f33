import type { Content, Section } from '../../ledger/message.ts';
import { qrSvg } from '../../ledger/qr.ts';
import { type Html, html } from './html.ts';

/** What the bot says, without its buttons: those are for the page to offer. */
export async function contentBody(content: Content): Promise<Html> {
  switch (content.kind) {
    case 'text':
      return html`<p class="card" dir="auto">${content.text}</p>`;
    case 'notice':
      return html`${await Promise.all(content.sections.map(sectionOf))}`;
    case 'table':
      return html`<div class="card wide"><table><thead><tr>${content.columns.map((name) => html`<th>${name}</th>`)}</tr></thead>
<tbody>${content.rows.map((row) => html`<tr>${row.map((cell) => html`<td dir="auto">${cell}</td>`)}</tr>`)}</tbody></table></div>
${content.footer.map((line) => html`<p dir="auto">${line}</p>`)}`;
    case 'form':
      return html`${content.intro.map((line) => html`<p dir="auto">${line}</p>`)}`;
  }
}

async function sectionOf({ heading, lines, qr }: Section): Promise<Html> {
  const picture =
    qr === undefined ? undefined : html`<img class="qr" src="${await qrAddress(qr)}" alt="上面文字的二维码">`;
  return html`<section class="card">${heading !== undefined && html`<h2 dir="auto">${heading}</h2>`}${lines.map(
    (line) => html`<p dir="auto">${line}</p>`,
  )}${picture}</section>`;
}

const qrAddress = async (text: string): Promise<string> =>
  `data:image/svg+xml;base64,${Buffer.from(await qrSvg(text)).toString('base64')}`;

export const titleOf = (content: Content): string => (content.kind === 'text' ? '清廉台账' : content.title);
