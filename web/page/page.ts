import type { EndpointReply } from '../../bot/platform.ts';
import { type Html, html } from './html.ts';

/** Nothing from anywhere else, no script at all, in no frame, kept by nobody. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  // A receipt's QR code stands in the page itself.
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Of everything that the pages answer. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const HTML_TYPE = 'text/html; charset=utf-8';

/** A page in full. @param leaves whether somebody is in, who can leave; `wide`: it has a table as wide as the window */
export function page(
  title: string,
  body: Html,
  { status = 200, leaves = true, wide = false }: { status?: number; leaves?: boolean; wide?: boolean } = {},
): EndpointReply {
  const leaving = html`<form method="post" action="/p/leave"><button class="quiet">离开</button></form>`;
  const whole = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no, email=no, address=no">
<meta name="robots" content="noindex">
<title>清廉台账</title>
<link rel="stylesheet" href="/p/style.css">${
    wide &&
    html`
<link rel="stylesheet" href="/p/table.css">`
  }
</head>
<body${wide && html` class="is-wide"`}>
<header><p class="house">清廉台账</p>${leaves && leaving}</header>
<main>
<h1 dir="auto">${title}</h1>
${body}
</main>
</body>
</html>`;
  return { status, type: HTML_TYPE, body: whole.toString(), headers: SAFE_HEADERS };
}

/** A sentence and nothing more. */
export const sentence = (said: string, status = 403): EndpointReply =>
  page('清廉台账', html`<p class="card" dir="auto">${said}</p>`, { status, leaves: false });

/** On to another page, so that going back and loading anew sends nothing again. */
export const goTo = (location: string, headers: Readonly<Record<string, string>> = {}): EndpointReply => ({
  status: 303,
  type: HTML_TYPE,
  body: '',
  headers: { ...SAFE_HEADERS, location, ...headers },
});
